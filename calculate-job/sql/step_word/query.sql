-- one row per event of the day that is a step of a path
select
  seen_date,
  event,
  step
from computed
