-- one row per as-of date and customer who has bought
with ordered as (
  select
    customer_id,
    count(case when days_between(order_date, run_date()) < 30 then 1 end)   as orders_30,
    count(*)                                                                as orders_90,
    count(case when subscription_orders > 0 and days_between(order_date, run_date()) < 31 then 1 end) as subscribed_31
  from customer_day
  where days_between(order_date, run_date()) between 0 and 89
  group by customer_id
),

visited as (
  select
    c.customer_id,
    count(case when days_between(v.visit_date, run_date()) < 7 then 1 end)  as visits_7,
    count(case when days_between(v.visit_date, run_date()) < 30 then 1 end) as visits_30,
    min(days_between(v.visit_date, run_date()))                             as away_days
  from customer_history as c
  left join fct_acquisition as a -- who is not known to have been acquired is the person
    on a.user_id = c.customer_id
  inner join visit_day as v
    on v.person_id = coalesce(a.person_id, c.customer_id)
  where days_between(v.visit_date, run_date()) between 0 and 89
  group by c.customer_id
),

-- the numbers of a regression, as model_fit has them of earlier days
known as (
  select
    h.customer_id,
    cast(coalesce(v.visits_7, 0) as bigint)                     as visits_7,
    cast(coalesce(v.visits_30, 0) as bigint)                    as visits_30,
    v.away_days,
    7                                                           as week,
    30                                                          as month,
    round(ln(1 + cast(h.repeat_days as double)), 6)             as repeats,
    case when h.repeat_days = 0 then 1.0e0 else 0.0e0 end       as once,
    round(ln(1 + cast(h.age_days - h.last_repeat_age as double)), 6) as silence,
    round(ln(1 + cast(h.age_days as double)), 6)                as age,
    round(ln(1 + cast(h.last_repeat_age as double) / greatest(h.repeat_days, 1)), 6) as gap,
    round(ln(1 + cast(coalesce(o.orders_90, 0) as double)), 6)  as recent,
    round(ln(1 + cast(coalesce(o.orders_30, 0) as double)), 6)  as newer,
    case when o.subscribed_31 > 0 then 1.0e0 else 0.0e0 end     as subscribed,
    round(ln(1 + cast(coalesce(v.visits_7, 0) as double)), 6)   as visited_week,
    round(ln(1 + cast(coalesce(v.visits_30, 0) as double)), 6)  as visited_month,
    round(ln(1 + cast(coalesce(v.away_days, 90) as double)), 6) as away,
    round(ln(1 + cast(h.age_days - h.last_repeat_age as double)) * ln(1 + cast(h.age_days - h.last_repeat_age as double)), 6) as silence_squared,
    round(ln(1 + cast(h.age_days - h.last_repeat_age as double)) * ln(1 + cast(h.repeat_days as double)), 6) as silence_of_repeats,
    case when h.repeat_days = 0 then round(ln(1 + cast(h.age_days - h.last_repeat_age as double)), 6) else 0.0e0 end as silence_of_once
  from customer_history as h
  left join ordered as o -- some have been silent for longer
    on o.customer_id = h.customer_id
  left join visited as v -- most have not visited of late
    on v.customer_id = h.customer_id
),

told as (
  select
    k.*,
    w.model                                                     as week_model,
    m.model                                                     as month_model,
    w.constant
      + w.repeats * k.repeats
      + w.once * k.once
      + w.silence * k.silence
      + w.age * k.age
      + w.gap * k.gap
      + w.recent * k.recent
      + w.newer * k.newer
      + w.subscribed * k.subscribed
      + w.visited_week * k.visited_week
      + w.visited_month * k.visited_month
      + w.away * k.away
      + w.silence_squared * k.silence_squared
      + w.silence_of_repeats * k.silence_of_repeats
      + w.silence_of_once * k.silence_of_once as week_odds,
    m.constant
      + m.repeats * k.repeats
      + m.once * k.once
      + m.silence * k.silence
      + m.age * k.age
      + m.gap * k.gap
      + m.recent * k.recent
      + m.newer * k.newer
      + m.subscribed * k.subscribed
      + m.visited_week * k.visited_week
      + m.visited_month * k.visited_month
      + m.away * k.away
      + m.silence_squared * k.silence_squared
      + m.silence_of_repeats * k.silence_of_repeats
      + m.silence_of_once * k.silence_of_once as month_odds
  from known as k
  left join return_model as w -- another model may be better
    on w.days = k.week
  left join return_model as m
    on m.days = k.month
)

select
  run_date()                                                    as as_of_date,
  customer_id                                                   as customer_id,
  visits_7                                                      as visits_7,
  visits_30                                                     as visits_30,
  away_days                                                     as away_days,
  round(1 / (1 + exp(-week_odds)), 8)                           as returns_7,
  week_model                                                    as returns_7_model,
  round(1 / (1 + exp(-month_odds)), 8)                          as returns_30,
  month_model                                                   as returns_30_model
from told
