-- one row per as-of date, channel, campaign_id, cohort_week and horizon_days
with named as (
  select
    channel,
    campaign_id,
    campaign_name
  from dim_campaign
  where valid_from <= run_date()
    and run_date() < valid_to
),

valued as (
  select
    f.*,
    coalesce(n.campaign_name, f.campaign_id)                        as campaign_name,
    cast(f.users as double)                                         as per_user,
    cast(f.cost as double)                                          as per_cost,
    cast(f.observed as double)                                      as paid,
    cast(f.observed + f.expected as double)                         as total,
    cast(f.low_80 as double)                                        as low,
    cast(f.high_80 as double)                                       as high
  from ltv_cohort_forecast as f
  left join named as n -- organic and unattributed have no entry
    on n.channel = f.channel
    and n.campaign_id = f.campaign_id
)

select
  as_of_date                                                        as as_of_date,
  channel                                                           as channel,
  campaign_id                                                       as campaign_id,
  campaign_name                                                     as campaign_name,
  cohort_week                                                       as cohort_week,
  horizon_days                                                      as horizon_days,
  users                                                             as users,
  cost                                                              as cost,
  is_mature                                                         as is_mature,
  observed                                                          as observed_value,
  expected                                                          as expected_value,
  case when is_mature then paid / nullif(per_cost, 0) end           as roas,
  total / nullif(per_cost, 0)                                       as proas,
  low / nullif(per_cost, 0)                                         as proas_low_80,
  high / nullif(per_cost, 0)                                        as proas_high_80,
  case when is_mature then paid / nullif(per_user, 0) end           as ltv,
  total / nullif(per_user, 0)                                       as pltv,
  low / nullif(per_user, 0)                                         as pltv_low_80,
  high / nullif(per_user, 0)                                        as pltv_high_80,
  status                                                            as status
from valued
