-- one row per as-of date, repeat_days, last_repeat_age, age_days and subscribed
select
  as_of_date,
  repeat_days,
  last_repeat_age,
  age_days,
  subscribed,
  returns_7,
  returns_7_model,
  returns_30,
  returns_30_model,
  purchases_30,
  purchases_90,
  purchases_360,
  each_day_fixed,
  each_day_part,
  next_low_days,
  next_days,
  next_high_days,
  due_days,
  late_days,
  next_model
from computed
