-- one row per as-of date and customer who has bought
with dated as (
  select
    *,
    min(order_date) over (partition by customer_id) as first_order_date
  from customer_day
  where order_date <= run_date()
)

select
  run_date()                                        as as_of_date,
  customer_id                                       as customer_id,
  first_order_date                                  as first_order_date,
  count(*) - 1                                      as repeat_days,
  days_between(first_order_date, max(order_date))   as last_repeat_age,
  days_between(first_order_date, run_date())        as age_days,
  cast(sum(case when order_date > first_order_date then revenue else 0 end) as decimal(18, 4)) as repeat_revenue,
  cast(sum(revenue) as decimal(18, 4))              as revenue,
  count(case when subscription_orders > 0 and days_between(order_date, run_date()) < 31 then 1 end) > 0 as subscribed
from dated
group by customer_id, first_order_date
