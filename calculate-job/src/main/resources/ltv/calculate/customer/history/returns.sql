-- customers known on seen_day(), 50,000 of them at most, by a hash of their id: what was known of purchases and visits, in the numbers of a regression, and whether they bought after it until until_day()
with sampled as (
  select
    customer_id,
    place,
    first_order_date
  from customer_place
  where first_order_date <= seen_day()
  order by place
  limit 50000
),

bought as (
  select
    s.customer_id,
    s.place,
    count(case when d.order_date <= seen_day() then 1 end) - 1      as repeat_days,
    days_between(s.first_order_date, max(case when d.order_date <= seen_day() then d.order_date end)) as last_repeat_age,
    days_between(s.first_order_date, seen_day())                    as age_days,
    count(case when d.subscription_orders = 0 and d.order_date <= seen_day() then 1 end) as shop_days,
    count(case when d.subscription_orders > 0 and d.order_date <= seen_day() then 1 end) as subscription_days,
    days_between(min(case when d.subscription_orders = 0 then d.order_date end), max(case when d.subscription_orders = 0 and d.order_date <= seen_day() then d.order_date end)) as shop_span,
    days_between(max(case when d.subscription_orders = 0 and d.order_date <= seen_day() then d.order_date end), seen_day()) as silent_days,
    count(case when d.subscription_orders = 0 and days_between(d.order_date, seen_day()) between 0 and 89 then 1 end) as shop_90,
    count(case when d.subscription_orders = 0 and days_between(d.order_date, seen_day()) between 0 and 29 then 1 end) as shop_30,
    count(case when d.subscription_orders > 0 and days_between(d.order_date, seen_day()) between 0 and 30 then 1 end) as paid_31,
    count(case when d.subscription_orders > 0 and days_between(d.order_date, seen_day()) between 0 and 22 then 1 end) as paid_23,
    count(case when d.order_date > seen_day() then 1 end)           as days_after
  from sampled as s
  inner join customer_day as d
    on d.customer_id = s.customer_id
  where d.order_date <= until_day()
  group by s.customer_id, s.place, s.first_order_date
),

visited as (
  select
    c.customer_id,
    count(case when days_between(v.visit_date, seen_day()) < 7 then 1 end)    as visits_7,
    count(case when days_between(v.visit_date, seen_day()) < 30 then 1 end)   as visits_30,
    count(*)                                                            as visits_365,
    min(days_between(v.visit_date, seen_day()))                               as away_days,
    days_between(min(v.visit_date), max(v.visit_date)) + 1              as seen_days
  from sampled as c
  left join fct_acquisition as a -- who is not known to have been acquired is the person
    on a.user_id = c.customer_id
    and a.acquisition_date <= seen_day()
  inner join visit_day as v
    on v.person_id = coalesce(a.person_id, c.customer_id)
  where v.purchases = 0 -- days with one are known already
    and days_between(v.visit_date, seen_day()) between 0 and 364
  group by c.customer_id
),

known as (
  select
    b.place,
    b.repeat_days,
    b.last_repeat_age,
    b.age_days,
    b.shop_days,
    b.subscription_days,
    coalesce(b.shop_span, 0)            as shop_span,
    coalesce(b.silent_days, b.age_days) as silent_days,
    b.shop_90,
    b.shop_30,
    b.paid_31,
    b.paid_23,
    coalesce(v.visits_7, 0)             as visits_7,
    coalesce(v.visits_30, 0)            as visits_30,
    coalesce(v.visits_365, 0)           as visits_365,
    coalesce(v.away_days, 365)          as away_days,
    coalesce(v.seen_days, 0)            as seen_days,
    b.days_after
  from bought as b
  left join visited as v -- some have not visited for a year
    on v.customer_id = b.customer_id
),

single as (
  select
    place,
    cast(repeat_days as double)                                 as repeat_days,
    cast(last_repeat_age as double)                             as last_repeat_age,
    cast(age_days as double)                                    as age_days,
    case when days_after > 0 then 1.0e0 else 0.0e0 end          as came,
    round(ln(1 + cast(greatest(shop_days - 1, 0) as double)), 6) as repeats,
    case when shop_days < 2 then 1.0e0 else 0.0e0 end           as once,
    round(ln(1 + cast(silent_days as double)), 6)               as silence,
    round(ln(1 + cast(age_days as double)), 6)                  as age,
    round(ln(1 + cast(shop_span as double) / greatest(shop_days - 1, 1)), 6) as gap,
    round(ln(1 + cast(shop_90 as double)), 6)                   as recent,
    round(ln(1 + cast(shop_30 as double)), 6)                   as newer,
    case when paid_31 > 0 then 1.0e0 else 0.0e0 end             as subscribed,
    case when paid_31 > 0 then round(ln(cast(subscription_days as double)), 6) else 0.0e0 end as months,
    case when paid_31 > 0 and paid_23 = 0 then 1.0e0 else 0.0e0 end as due,
    round(ln(1 + cast(visits_7 as double)), 6)                  as visited_week,
    round(ln(1 + cast(visits_30 as double)), 6)                 as visited_month,
    round(ln(1 + cast(visits_365 as double)), 6)                as visited_year,
    round(ln(1 + cast(away_days as double)), 6)                 as away,
    round(ln(1 + cast(seen_days as double)), 6)                 as seen,
    round(ln(1 + cast(away_days * visits_365 as double) / greatest(seen_days, 1)), 6) as missed_visits,
    round(ln(1 + cast(silent_days * greatest(shop_days - 1, 0) as double) / greatest(shop_span, 1)), 6) as missed_orders,
    round(ln(1 + cast(away_days as double) / greatest(seen_days, 1)), 6) as faded
  from known
)

select
  repeat_days,
  last_repeat_age,
  age_days,
  repeats,
  once,
  silence,
  age,
  gap,
  recent,
  newer,
  subscribed,
  months,
  due,
  visited_week,
  visited_month,
  visited_year,
  away,
  seen,
  missed_visits,
  missed_orders,
  faded,
  missed_visits * missed_visits                               as missed_visits_squared,
  missed_orders * missed_orders                               as missed_orders_squared,
  faded * faded                                               as faded_squared,
  missed_orders * missed_visits                               as missed_of_missed,
  faded * missed_orders                                       as faded_of_missed,
  recent * recent                                             as recent_squared,
  silence * silence                                           as silence_squared,
  silence * repeats                                           as silence_of_repeats,
  newer * subscribed                                          as newer_subscribed,
  repeats * subscribed                                        as repeats_subscribed,
  silence * subscribed                                        as silence_subscribed,
  came
from single
order by place
