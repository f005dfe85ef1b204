-- one row per as-of date, target, scope, channel, campaign_id, platform and step
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
  c.step_rank                                       as step_rank,
  c.step                                            as step,
  c.users                                           as users,
  c.conversions                                     as conversions,
  c.conversion_rate                                 as conversion_rate,
  c.users_without                                   as users_without,
  c.conversions_without                             as conversions_without,
  c.rate_without                                    as rate_without,
  c.lift                                            as lift,
  c.lift_low                                        as lift_low,
  c.lift_high                                       as lift_high,
  c.removal_effect                                  as removal_effect,
  c.removal_low                                     as removal_low,
  c.removal_high                                    as removal_high,
  coalesce(n.campaign_name, a.campaign_name, c.campaign_id) as campaign_name
from computed as c
left join named as n -- organic, unattributed and sums have no entry
  on n.channel = c.channel
  and n.campaign_id = c.campaign_id
left join acquired as a -- nor do campaigns that brought nobody
  on a.channel = c.channel
  and a.campaign_id = c.campaign_id
