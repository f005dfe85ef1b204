-- one row per customer and day with purchases
select
  order_date                                        as order_date,
  coalesce(acquired_user_id, person_id, user_id)    as customer_id,
  cast(sum(revenue) as decimal(18, 4))              as revenue,
  cast(count(case when kind = 'subscription' then 1 end) as bigint) as subscription_orders
from fct_order
where order_date = run_date()
  and kind not in ('refund', 'ad_revenue') -- who sends something back or sees an ad has not bought again
group by order_date, coalesce(acquired_user_id, person_id, user_id)
