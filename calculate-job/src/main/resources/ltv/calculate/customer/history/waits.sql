-- by what was known on seen_day() of customers who bought again until until_day(): the days until they did, and how many customers
select
  cast(repeat_days as double)                       as repeat_days,
  cast(last_repeat_age as double)                   as last_repeat_age,
  cast(age_days as double)                          as age_days,
  case when paid > 0 then 1.0e0 else 0.0e0 end      as subscribed,
  cast(wait_days as double)                         as wait_days,
  cast(count(*) as double)                          as customers
from (
  select
    customer_id,
    count(case when order_date <= seen_day() then 1 end) - 1 as repeat_days,
    days_between(min(order_date), max(case when order_date <= seen_day() then order_date end)) as last_repeat_age,
    days_between(min(order_date), seen_day())       as age_days,
    count(case when subscription_orders > 0 and days_between(order_date, seen_day()) between 0 and 30 then 1 end) as paid,
    days_between(seen_day(), min(case when order_date > seen_day() then order_date end)) as wait_days
  from customer_day
  where order_date <= until_day()
  group by customer_id
  having min(order_date) <= seen_day()
    and max(order_date) > seen_day()
) as customers
group by repeat_days, last_repeat_age, age_days, case when paid > 0 then 1.0e0 else 0.0e0 end, wait_days
order by repeat_days, last_repeat_age, age_days, subscribed, wait_days
