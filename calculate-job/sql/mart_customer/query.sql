-- one row per as-of date and customer who has bought
with usual as (
  select cast(sum(repeat_revenue) as double) / nullif(sum(repeat_days), 0) as each_day
  from customer_history
),

scored as (
  select
    h.*,
    coalesce(r.returns_7, s.returns_7)                          as returns_7,
    coalesce(r.returns_30, s.returns_30)                        as returns_30,
    coalesce(r.returns_30_model, s.returns_30_model)            as returns_model,
    s.next_low_days,
    s.next_days,
    s.next_high_days,
    s.next_model,
    s.purchases_30,
    s.purchases_90,
    s.purchases_360,
    coalesce(s.each_day_fixed + s.each_day_part * cast(h.repeat_revenue as double), u.each_day) as each_day
  from customer_history as h
  cross join usual as u
  left join customer_score as s -- without a model there is no score
    on s.repeat_days = h.repeat_days
    and s.last_repeat_age = h.last_repeat_age
    and s.age_days = h.age_days
    and s.subscribed = h.subscribed
  left join customer_return as r -- what visits tell, where that is better
    on r.customer_id = h.customer_id
)

select
  run_date()                                                    as as_of_date,
  c.customer_id                                                 as customer_id,
  coalesce(a.channel, 'unattributed')                           as channel,
  coalesce(a.campaign_id, 'unattributed')                       as campaign_id,
  a.acquisition_date                                            as acquisition_date,
  coalesce(a.platform, 'unknown')                               as platform,
  coalesce(a.country, 'unknown')                                as country,
  g.segment                                                     as segment,
  g.segment_week_ago                                            as segment_week_ago,
  c.first_order_date                                            as first_order_date,
  days_between(c.first_order_date, run_date()) - c.last_repeat_age as silent_days,
  c.repeat_days + 1                                             as purchase_days,
  c.revenue                                                     as revenue,
  g.paid                                                        as paid,
  g.expected_visit_date                                         as expected_visit_date,
  g.is_overdue                                                  as is_overdue,
  c.returns_7                                                   as returns_7,
  c.returns_30                                                  as returns_30,
  c.returns_model                                               as returns_model,
  add_days(run_date(), c.next_days)                             as next_order_date,
  add_days(run_date(), c.next_low_days)                         as next_order_earliest,
  add_days(run_date(), c.next_high_days)                        as next_order_latest,
  c.next_model                                                  as next_order_model,
  c.purchases_30                                                as purchases_30,
  c.purchases_90                                                as purchases_90,
  c.purchases_360                                               as purchases_360,
  case when c.purchases_30 is not null then c.each_day end      as each_purchase_day,
  cast(c.purchases_30 * c.each_day as decimal(18, 4))           as value_30,
  cast(c.purchases_90 * c.each_day as decimal(18, 4))           as value_90,
  cast(c.purchases_360 * c.each_day as decimal(18, 4))          as value_360
from scored as c
inner join customer_segment as g
  on g.customer_id = c.customer_id
left join fct_acquisition as a -- a buyer who is not known to have been acquired
  on a.user_id = c.customer_id
