-- one row per as-of date and days
select
  as_of_date,
  days,
  model,
  constant,
  repeats,
  once,
  silence,
  age,
  gap,
  recent,
  newer,
  subscribed,
  visited_week,
  visited_month,
  away,
  silence_squared,
  silence_of_repeats,
  silence_of_once
from computed
