-- one row per as-of date, purchase_days, revenue, ad_revenue, sessions and platform
select
  as_of_date,
  purchase_days,
  revenue,
  ad_revenue,
  sessions,
  platform,
  pays,
  expected
from computed
