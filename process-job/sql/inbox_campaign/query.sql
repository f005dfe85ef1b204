-- one row per campaign that the guide does not have, and per name that is no campaign's for certain
with spent as (
  select
    channel,
    campaign_id,
    sum(spend)                                              as spend,
    min(report_date)                                        as first_seen
  from fct_ad_performance
  where report_date <= run_date()
    and campaign_id is not null
  group by channel, campaign_id
),

told as (
  select
    told_channel,
    told_source,
    coalesce(told_campaign_id, '')                          as told_campaign_id,
    coalesce(told_campaign_name, '')                        as told_campaign_name,
    max_by(method, report_date)                             as method,
    max_by(confidence, report_date)                         as confidence,
    max_by(coalesce(campaign_id, ''), report_date)          as campaign_id,
    sum(tellings)                                           as tellings,
    min(report_date)                                        as first_seen
  from campaign_match
  where report_date <= run_date()
    and tellings > 0 -- a name that only assisted has nothing at stake
  group by told_channel, told_source, coalesce(told_campaign_id, ''), coalesce(told_campaign_name, '')
),

brought as (
  select
    channel,
    campaign_id,
    sum(users)                                              as users
  from fct_acquisition
  where acquisition_date <= run_date()
  group by channel, campaign_id
)

select
  run_date()                                                as as_of_date,
  'campaign'                                                as kind,
  p.channel                                                 as channel,
  p.campaign_id                                             as campaign_id,
  p.campaign_name                                           as campaign_name,
  cast(null as string)                                      as told_source,
  p.said_by                                                 as because,
  p.confidence                                              as confidence,
  p.country                                                 as country,
  p.os                                                      as os,
  p.objective                                               as objective,
  p.creative                                                as creative,
  cast(s.spend as decimal(18, 4))                           as spend,
  cast(coalesce(b.users, 0) as bigint)                      as users,
  s.first_seen                                              as first_seen,
  p.channel || ',' || p.campaign_id || ',"' || replace(p.campaign_name, '"', '""') || '",' || coalesce(p.country, '') || ',' || coalesce(p.os, '')
    || ',' || coalesce(p.objective, '') || ',' || coalesce(p.creative, '') as guide_line
from campaign_profile as p
inner join spent as s
  on s.channel = p.channel and s.campaign_id = p.campaign_id
left join brought as b -- it may have cost money and brought nobody
  on b.channel = p.channel and b.campaign_id = p.campaign_id
where p.report_date = run_date()
  and p.said_by <> 'guide'

union all

select
  run_date(),
  'name',
  told_channel,
  nullif(coalesce(nullif(campaign_id, ''), told_campaign_id), ''),
  nullif(told_campaign_name, ''),
  told_source,
  method,
  confidence,
  cast(null as string),
  cast(null as string),
  cast(null as string),
  cast(null as string),
  cast(0 as decimal(18, 4)),
  cast(tellings as bigint),
  first_seen,
  case when told_channel = 'unattributed' then '' else told_channel end || ',' || campaign_id || ',"' || replace(told_campaign_name, '"', '""') || '",,,,'
from told
where method in ('slip', 'naming', 'name_of_other_days', 'ambiguous', 'none')
