-- one row per as-of date, level, channel, campaign_id, platform, country and horizon_days
with named as (
  select
    channel,
    campaign_id,
    campaign_name
  from dim_campaign
  where valid_from <= run_date()
    and run_date() < valid_to
),

-- what the attribution source calls it, for campaigns that no ad account tells of
acquired as (
  select
    channel,
    campaign_id,
    max(campaign_name) as campaign_name
  from fct_acquisition
  where acquisition_date <= run_date()
  group by channel, campaign_id
),

valued as (
  select
    f.*,
    coalesce(n.campaign_name, a.campaign_name, f.campaign_id) as campaign_name,
    cast(f.users as double)                                   as per_user,
    cast(f.cost as double)                                    as per_cost,
    cast(f.observed + f.expected as double)                   as total,
    cast(f.net_observed + f.net_expected as double)           as net_total
  from ltv_forecast as f
  left join named as n -- organic, unattributed and sums have no entry
    on n.channel = f.channel
    and n.campaign_id = f.campaign_id
  left join acquired as a -- sums have none
    on a.channel = f.channel
    and a.campaign_id = f.campaign_id
)

select
  as_of_date                                              as as_of_date,
  level                                                   as level,
  channel                                                 as channel,
  campaign_id                                             as campaign_id,
  campaign_name                                           as campaign_name,
  platform                                                as platform,
  country                                                 as country,
  horizon_days                                            as horizon_days,
  users                                                   as users,
  payers                                                  as payers,
  cost                                                    as cost,
  per_cost / nullif(per_user, 0)                          as cpi,
  per_cost / nullif(cast(payers as double), 0)            as cac,
  mature_users                                            as mature_users,
  cast(mature_value as double) / nullif(cast(mature_cost as double), 0) as roas,
  observed                                                as observed_value,
  expected                                                as expected_value,
  cast(observed as double) / nullif(total, 0)             as share_observed,
  total / nullif(per_user, 0)                             as pltv,
  cast(low_90 as double) / nullif(per_user, 0)            as pltv_low_90,
  cast(low_80 as double) / nullif(per_user, 0)            as pltv_low_80,
  cast(low_50 as double) / nullif(per_user, 0)            as pltv_low_50,
  cast(high_50 as double) / nullif(per_user, 0)           as pltv_high_50,
  cast(high_80 as double) / nullif(per_user, 0)           as pltv_high_80,
  cast(high_90 as double) / nullif(per_user, 0)           as pltv_high_90,
  net_total / nullif(per_user, 0)                         as net_pltv,
  total / nullif(per_cost, 0)                             as proas,
  cast(low_80 as double) / nullif(per_cost, 0)            as proas_low_80,
  cast(high_80 as double) / nullif(per_cost, 0)           as proas_high_80,
  net_total / nullif(per_cost, 0)                         as net_proas,
  payback_days                                            as payback_days,
  payback_days_low                                        as payback_days_low,
  payback_days_high                                       as payback_days_high,
  status                                                  as status,
  method                                                  as method,
  own_weight                                              as own_weight
from valued
