-- customers known on seen_day(), 200,000 of them at most, by a hash of their id: what was known of purchases and visits, in the numbers of a model, and whether they bought after it until until_day()
with sampled as (
  select
    customer_id,
    first_order_date
  from (
    select
      customer_id,
      text_hash(customer_id)    as place,
      min(order_date)           as first_order_date
    from customer_day
    where order_date <= seen_day()
    group by customer_id
  ) as customers
  order by place
  limit 200000
),

bought as (
  select
    s.customer_id,
    count(case when d.order_date <= seen_day() then 1 end) - 1      as repeat_days,
    days_between(s.first_order_date, max(case when d.order_date <= seen_day() then d.order_date end)) as last_repeat_age,
    days_between(s.first_order_date, seen_day())                    as age_days,
    count(case when days_between(d.order_date, seen_day()) between 0 and 29 then 1 end) as orders_30,
    count(case when days_between(d.order_date, seen_day()) between 0 and 89 then 1 end) as orders_90,
    count(case when d.subscription_orders > 0 and days_between(d.order_date, seen_day()) between 0 and 30 then 1 end) as subscribed_31,
    count(case when d.order_date > seen_day() then 1 end)           as days_after
  from sampled as s
  inner join customer_day as d
    on d.customer_id = s.customer_id
  where d.order_date <= until_day()
  group by s.customer_id, s.first_order_date
),

visited as (
  select
    s.customer_id,
    count(case when days_between(v.visit_date, seen_day()) < 7 then 1 end)  as visits_7,
    count(case when days_between(v.visit_date, seen_day()) < 30 then 1 end) as visits_30,
    min(days_between(v.visit_date, seen_day()))                             as away_days
  from sampled as s
  left join fct_acquisition as a -- who is not known to have been acquired is the person
    on a.user_id = s.customer_id
    and a.acquisition_date <= seen_day()
  inner join visit_day as v
    on v.person_id = coalesce(a.person_id, s.customer_id)
  where days_between(v.visit_date, seen_day()) between 0 and 89
  group by s.customer_id
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
  visited_week,
  visited_month,
  away,
  silence_squared,
  silence_of_repeats,
  silence_of_once,
  came
from (
  select
    cast(b.repeat_days as double)                               as repeat_days,
    cast(b.last_repeat_age as double)                           as last_repeat_age,
    cast(b.age_days as double)                                  as age_days,
    round(ln(1 + cast(b.repeat_days as double)), 6)             as repeats,
    case when b.repeat_days = 0 then 1.0e0 else 0.0e0 end       as once,
    round(ln(1 + cast(b.age_days - b.last_repeat_age as double)), 6) as silence,
    round(ln(1 + cast(b.age_days as double)), 6)                as age,
    round(ln(1 + cast(b.last_repeat_age as double) / greatest(b.repeat_days, 1)), 6) as gap,
    round(ln(1 + cast(b.orders_90 as double)), 6)               as recent,
    round(ln(1 + cast(b.orders_30 as double)), 6)               as newer,
    case when b.subscribed_31 > 0 then 1.0e0 else 0.0e0 end     as subscribed,
    round(ln(1 + cast(coalesce(v.visits_7, 0) as double)), 6)   as visited_week,
    round(ln(1 + cast(coalesce(v.visits_30, 0) as double)), 6)  as visited_month,
    round(ln(1 + cast(coalesce(v.away_days, 90) as double)), 6) as away,
    round(ln(1 + cast(b.age_days - b.last_repeat_age as double)) * ln(1 + cast(b.age_days - b.last_repeat_age as double)), 6) as silence_squared,
    round(ln(1 + cast(b.age_days - b.last_repeat_age as double)) * ln(1 + cast(b.repeat_days as double)), 6) as silence_of_repeats,
    case when b.repeat_days = 0 then round(ln(1 + cast(b.age_days - b.last_repeat_age as double)), 6) else 0.0e0 end as silence_of_once,
    case when b.days_after > 0 then 1.0e0 else 0.0e0 end        as came
  from bought as b
  left join visited as v -- most have not visited of late
    on v.customer_id = b.customer_id
) as known
order by repeat_days, last_repeat_age, age_days, recent, newer, subscribed, visited_week, visited_month, away, came
