-- one row per as-of date, target, scope, channel, campaign_id, platform and path
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
)

select
  c.as_of_date                                      as as_of_date,
  c.target                                          as target,
  c.scope                                           as scope,
  c.channel                                         as channel,
  c.campaign_id                                     as campaign_id,
  c.platform                                        as platform,
  c.path_rank                                       as path_rank,
  c.path                                            as path,
  c.steps                                           as steps,
  c.users                                           as users,
  c.conversions                                     as conversions,
  c.value                                           as value,
  c.conversion_rate                                 as conversion_rate,
  c.rate_low                                        as rate_low,
  c.rate_high                                       as rate_high,
  c.base_rate                                       as base_rate,
  c.lift                                            as lift,
  c.lift_low                                        as lift_low,
  c.lift_high                                       as lift_high,
  c.median_hours                                    as median_hours,
  nullif(split_part(c.path, ' > ', 1), '')          as step_1,
  nullif(split_part(c.path, ' > ', 2), '')          as step_2,
  nullif(split_part(c.path, ' > ', 3), '')          as step_3,
  nullif(split_part(c.path, ' > ', 4), '')          as step_4,
  nullif(split_part(c.path, ' > ', 5), '')          as step_5,
  coalesce(n.campaign_name, a.campaign_name, c.campaign_id) as campaign_name
from computed as c
left join named as n -- organic, unattributed and sums have no entry
  on n.channel = c.channel
  and n.campaign_id = c.campaign_id
left join acquired as a -- nor do campaigns that brought nobody
  on a.channel = c.channel
  and a.campaign_id = c.campaign_id
