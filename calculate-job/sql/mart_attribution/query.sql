-- one row per as-of date, target, model, channel and campaign_id
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
  c.model                                           as model,
  c.channel                                         as channel,
  c.campaign_id                                     as campaign_id,
  c.conversions                                     as conversions,
  c.value                                           as value,
  c.spend                                           as spend,
  coalesce(n.campaign_name, a.campaign_name, c.campaign_id) as campaign_name,
  case when c.spend > 0 then cast(c.spend as double) / nullif(cast(c.conversions as double), 0) end as cpa,
  cast(c.value as double) / nullif(cast(c.spend as double), 0) as roas
from computed as c
left join named as n -- organic, unattributed and sums have no entry
  on n.channel = c.channel
  and n.campaign_id = c.campaign_id
left join acquired as a -- nor do campaigns that brought nobody
  on a.channel = c.channel
  and a.campaign_id = c.campaign_id
