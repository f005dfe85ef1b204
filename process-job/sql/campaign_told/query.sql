-- one row per source and way in which it named a campaign on the day
with assists as (
  select
    case n.age when 1 then i.assist_1_source when 2 then i.assist_2_source else i.assist_3_source end                      as source,
    case n.age when 1 then i.assist_1_channel when 2 then i.assist_2_channel else i.assist_3_channel end                   as channel,
    case n.age when 1 then i.assist_1_campaign_name when 2 then i.assist_2_campaign_name else i.assist_3_campaign_name end as campaign_name
  from stg_install as i
  inner join ages(3) as n -- the numbers of the touches
    on n.age >= 1
  where i.install_date = run_date()
    and i.removed_reason is null
),

-- an install tells a campaign once, a touch that only assisted it is to be looked up and brings nothing
told as (
  select source, channel, campaign_id, campaign_name, 1 as tellings
  from stg_install
  where install_date = run_date()
    and removed_reason is null
    and channel <> 'organic'

  union all

  select source, channel, cast(null as string), campaign_name, 0
  from assists
  where channel <> 'organic'
)

select
  run_date()                                                                              as report_date,
  'appsflyer'                                                                             as source,
  source                                                                                  as told_source,
  channel                                                                                 as told_channel,
  campaign_id                                                                             as told_campaign_id,
  campaign_name                                                                           as told_campaign_name,
  channel || '|' || coalesce(campaign_id, '') || '|' || coalesce(campaign_name, '')       as told_key,
  name_key(campaign_name)                                                                 as name_key,
  cast(sum(tellings) as bigint)                                                           as tellings
from told
group by source, channel, campaign_id, campaign_name

union all

select
  run_date(),
  'ga4_export',
  coalesce(told_source, '') || ' / ' || coalesce(told_medium, ''),
  channel,
  told_campaign_id,
  told_campaign_name,
  channel || '|' || coalesce(told_campaign_id, '') || '|' || coalesce(told_campaign_name, ''),
  name_key(told_campaign_name),
  count(*)
from fct_session
where session_date = run_date()
  and channel <> 'organic'
group by told_source, told_medium, channel, told_campaign_id, told_campaign_name
