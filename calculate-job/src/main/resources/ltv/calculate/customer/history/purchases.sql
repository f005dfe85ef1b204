-- by what was known of customers on seen_day(): on how many days they bought after it until until_day(), and how many customers
select
  cast(repeat_days as double)                       as repeat_days,
  cast(last_repeat_age as double)                   as last_repeat_age,
  cast(age_days as double)                          as age_days,
  cast(days_after as double)                        as days_after,
  cast(count(*) as double)                          as customers
from (
  select
    customer_id,
    count(case when order_date <= seen_day() then 1 end) - 1 as repeat_days,
    days_between(min(order_date), max(case when order_date <= seen_day() then order_date end)) as last_repeat_age,
    days_between(min(order_date), seen_day())       as age_days,
    count(case when order_date > seen_day() then 1 end) as days_after
  from customer_day
  where order_date <= until_day()
  group by customer_id
  having min(order_date) <= seen_day()
) as customers
group by repeat_days, last_repeat_age, age_days, days_after
order by repeat_days, last_repeat_age, age_days, days_after
