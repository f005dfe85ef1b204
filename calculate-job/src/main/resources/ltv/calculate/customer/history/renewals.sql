-- subscribers by how often they had renewed on seen_day(), whether they had left (no renewal for one and a half of the usual time between two), and whether they renewed after it until until_day()
with subscribed as (
  select
    customer_id,
    order_date,
    lag(order_date) over (partition by customer_id order by order_date) as order_date_before
  from customer_day
  where subscription_orders > 0
    and order_date <= until_day()
),

usual as (
  select percentile_cont(0.5) within group (order by days_between(order_date_before, order_date)) as days
  from subscribed
  where order_date_before is not null
    and order_date <= seen_day()
),

subscribers as (
  select
    s.customer_id,
    u.days                                          as usual_days,
    count(case when s.order_date <= seen_day() then 1 end) - 1 as renewals,
    days_between(max(case when s.order_date <= seen_day() then s.order_date end), seen_day()) as silent_days,
    count(case when s.order_date > seen_day() then 1 end) as renewals_after
  from subscribed as s
  cross join usual as u
  group by s.customer_id, u.days
  having min(s.order_date) <= seen_day()
)

select
  cast(renewals as double)                          as renewals,
  case when silent_days > 1.5 * usual_days then 1.0e0 else 0.0e0 end as gone,
  case when renewals_after > 0 then 1.0e0 else 0.0e0 end as renewed_after,
  cast(count(*) as double)                          as subscribers,
  cast(max(usual_days) as double)                   as usual_days
from subscribers
where usual_days is not null
group by renewals, case when silent_days > 1.5 * usual_days then 1.0e0 else 0.0e0 end, case when renewals_after > 0 then 1.0e0 else 0.0e0 end
order by renewals, gone, renewed_after
