-- what users of the last 90 days did in their first days, alike ones once, and the features of it
select distinct
  purchase_days,
  revenue,
  ad_revenue,
  sessions,
  platform,
  cast(purchase_days as double)                                       as purchase_days_feature,
  round(ln(1 + greatest(cast(revenue as double), 0)), 6)              as log_revenue,
  round(ln(1 + greatest(cast(ad_revenue as double), 0)), 6)           as log_ad_revenue,
  round(ln(1 + cast(sessions as double)), 6)                          as log_sessions,
  case when platform = 'ios' then 1.0e0 else 0.0e0 end                as ios
from user_first_days
where days_between(acquisition_date, run_date()) <= 90
order by purchase_days, revenue, ad_revenue, sessions, platform
