-- one row per as-of date and user of the last 90 days
select
  run_date()                                                                as as_of_date,
  u.user_id                                                                 as user_id,
  u.channel                                                                 as channel,
  u.campaign_id                                                             as campaign_id,
  u.platform                                                                as platform,
  u.country                                                                 as country,
  u.acquisition_date                                                        as acquisition_date,
  u.purchase_days                                                           as purchase_days,
  u.sessions                                                                as sessions,
  cast(u.revenue + u.ad_revenue as decimal(18, 4))                          as value_first_days,
  s.pays                                                                    as pays_90,
  cast(s.expected as decimal(18, 4))                                        as expected_90,
  cast(u.revenue + u.ad_revenue + s.expected as decimal(18, 4))             as value_90
from user_first_days as u
left join first_days_score as s -- without a model there is no score
  on s.purchase_days = u.purchase_days
  and s.revenue = u.revenue
  and s.ad_revenue = u.ad_revenue
  and s.sessions = u.sessions
  and s.platform = u.platform
where days_between(u.acquisition_date, run_date()) <= 90
