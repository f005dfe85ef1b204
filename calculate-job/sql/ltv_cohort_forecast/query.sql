-- one row per as-of date, channel, campaign_id, cohort_week and horizon_days
select
  as_of_date,
  channel,
  campaign_id,
  cohort_week,
  horizon_days,
  users,
  cost,
  is_mature,
  observed,
  expected,
  low_90,
  low_80,
  low_50,
  high_50,
  high_80,
  high_90,
  status
from computed
