-- one row per as-of date, repeat_days, last_repeat_age and age_days
select
  as_of_date,
  repeat_days,
  last_repeat_age,
  age_days,
  returns_30,
  purchases_30,
  purchases_90,
  purchases_360,
  each_day_fixed,
  each_day_part
from computed
