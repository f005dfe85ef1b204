-- distinct histories of customers
select
  cast(repeat_days as double)       as repeat_days,
  cast(last_repeat_age as double)   as last_repeat_age,
  cast(age_days as double)          as age_days,
  case when subscribed then 1.0e0 else 0.0e0 end as subscribed
from (select distinct repeat_days, last_repeat_age, age_days, coalesce(subscribed, false) as subscribed from customer_history) as h
order by repeat_days, last_repeat_age, age_days, subscribed
