-- one row per as-of date and customer who has bought
with ordered as (
  select
    customer_id,
    days_between(min(order_date), run_date())                       as age_days,
    count(case when subscription_orders = 0 then 1 end)             as shop_days,
    count(case when subscription_orders > 0 then 1 end)             as subscription_days,
    days_between(min(case when subscription_orders = 0 then order_date end), max(case when subscription_orders = 0 then order_date end)) as shop_span,
    days_between(max(case when subscription_orders = 0 then order_date end), run_date()) as silent_days,
    count(case when subscription_orders = 0 and days_between(order_date, run_date()) between 0 and 89 then 1 end) as shop_90,
    count(case when subscription_orders = 0 and days_between(order_date, run_date()) between 0 and 29 then 1 end) as shop_30,
    count(case when subscription_orders > 0 and days_between(order_date, run_date()) between 0 and 30 then 1 end) as paid_31,
    count(case when subscription_orders > 0 and days_between(order_date, run_date()) between 0 and 22 then 1 end) as paid_23
  from customer_day
  where order_date <= run_date()
  group by customer_id
),

visited as (
  select
    c.customer_id,
    count(case when days_between(v.visit_date, run_date()) < 7 then 1 end)    as visits_7,
    count(case when days_between(v.visit_date, run_date()) < 30 then 1 end)   as visits_30,
    count(*)                                                            as visits_365,
    min(days_between(v.visit_date, run_date()))                               as away_days,
    days_between(min(v.visit_date), max(v.visit_date)) + 1              as seen_days
  from customer_history as c
  left join fct_acquisition as a -- who is not known to have been acquired is the person
    on a.user_id = c.customer_id
  inner join visit_day as v
    on v.person_id = coalesce(a.person_id, c.customer_id)
  where v.purchases = 0 -- days with one are known already
    and days_between(v.visit_date, run_date()) between 0 and 364
  group by c.customer_id
),

known as (
  select
    c.customer_id,
    o.age_days,
    o.shop_days,
    o.subscription_days,
    coalesce(o.shop_span, 0)                as shop_span,
    coalesce(o.silent_days, o.age_days)     as silent_days,
    o.shop_90,
    o.shop_30,
    o.paid_31,
    o.paid_23,
    v.away_days                             as last_visit_days,
    coalesce(v.visits_7, 0)                 as visits_7,
    coalesce(v.visits_30, 0)                as visits_30,
    coalesce(v.visits_365, 0)               as visits_365,
    coalesce(v.away_days, 365)              as away_days,
    coalesce(v.seen_days, 0)                as seen_days
  from customer_history as c
  inner join ordered as o
    on o.customer_id = c.customer_id
  left join visited as v -- some have not visited for a year
    on v.customer_id = c.customer_id
),

-- the numbers of a regression, as model_fit has them of earlier days
numbers as (
  select
    customer_id,
    visits_7,
    visits_30,
    last_visit_days,
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
),

told as (
  select
    k.customer_id,
    m.days,
    m.model,
    m.constant
      + m.repeats * k.repeats + m.once * k.once
      + m.silence * k.silence + m.age * k.age
      + m.gap * k.gap + m.recent * k.recent
      + m.newer * k.newer + m.subscribed * k.subscribed
      + m.months * k.months + m.due * k.due
      + m.visited_week * k.visited_week + m.visited_month * k.visited_month
      + m.visited_year * k.visited_year + m.away * k.away
      + m.seen * k.seen + m.missed_visits * k.missed_visits
      + m.missed_orders * k.missed_orders + m.faded * k.faded
      + m.missed_visits_squared * (k.missed_visits * k.missed_visits) + m.missed_orders_squared * (k.missed_orders * k.missed_orders)
      + m.faded_squared * (k.faded * k.faded) + m.missed_of_missed * (k.missed_orders * k.missed_visits)
      + m.faded_of_missed * (k.faded * k.missed_orders) + m.recent_squared * (k.recent * k.recent)
      + m.silence_squared * (k.silence * k.silence) + m.silence_of_repeats * (k.silence * k.repeats)
      + m.newer_subscribed * (k.newer * k.subscribed) + m.repeats_subscribed * (k.repeats * k.subscribed)
      + m.silence_subscribed * (k.silence * k.subscribed) as odds
  from numbers as k
  cross join return_model as m
),

by_days as (
  select
    customer_id,
    max(case when days = 7 then odds end)   as week_odds,
    max(case when days = 7 then model end)  as week_model,
    max(case when days = 30 then odds end)  as month_odds,
    max(case when days = 30 then model end) as month_model
  from told
  group by customer_id
)

select
  run_date()                                                    as as_of_date,
  k.customer_id                                                 as customer_id,
  cast(k.visits_7 as bigint)                                    as visits_7,
  cast(k.visits_30 as bigint)                                   as visits_30,
  k.last_visit_days                                             as away_days,
  round(1 / (1 + exp(-t.week_odds)), 8)                         as returns_7,
  t.week_model                                                  as returns_7_model,
  round(1 / (1 + exp(-t.month_odds)), 8)                        as returns_30,
  t.month_model                                                 as returns_30_model
from numbers as k
left join by_days as t -- another model may be better
  on t.customer_id = k.customer_id
