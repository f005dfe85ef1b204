-- one row per touch that is known of a user who came by an install on the day
with touches as (
  select
    i.install_id,
    i.installed_at,
    n.age                                           as position,
    case n.age when 0 then i.source when 1 then i.assist_1_source when 2 then i.assist_2_source else i.assist_3_source end as source,
    case n.age when 0 then i.channel when 1 then i.assist_1_channel when 2 then i.assist_2_channel else i.assist_3_channel end as channel,
    case n.age when 0 then i.campaign_id end        as campaign_id,
    case n.age when 0 then i.campaign_name when 1 then i.assist_1_campaign_name when 2 then i.assist_2_campaign_name else i.assist_3_campaign_name end
      as campaign_name,
    case n.age when 0 then i.touch_type when 1 then i.assist_1_touch_type when 2 then i.assist_2_touch_type else i.assist_3_touch_type end as touch_type,
    case n.age when 0 then i.touched_at when 1 then i.assist_1_touched_at when 2 then i.assist_2_touched_at else i.assist_3_touched_at end as touched_at
  from stg_install as i
  inner join ages(3) as n -- the winning touch and three before it
    on n.age >= 0
  where i.install_date = run_date()
    and i.removed_reason is null
),

-- who came by no ad was not touched
known as (
  select
    *,
    channel || '|' || coalesce(campaign_id, '') || '|' || coalesce(campaign_name, '') as told_key
  from touches
  where channel is not null
    and (position > 0 or source <> 'organic')
),

placed as (
  select
    a.user_id,
    a.person_id,
    a.install_id,
    a.credit_removed_by,
    k.position,
    k.source,
    coalesce(m.channel, k.channel)                  as channel,
    coalesce(m.campaign_id, k.campaign_id)          as campaign_id,
    k.campaign_name,
    m.method,
    m.confidence,
    k.touch_type,
    k.touched_at,
    seconds_between(k.touched_at, k.installed_at)   as seconds_before_install
  from known as k
  inner join fct_acquisition as a -- not everybody who installs came by it
    on a.install_id = k.install_id
  left join campaign_match as m -- what lost the credit names no campaign
    on m.report_date = run_date()
    and m.source = 'appsflyer'
    and m.told_source = k.source
    and m.told_key = k.told_key
  where a.acquisition_date = run_date()
)

select
  run_date()                                        as acquisition_date,
  user_id                                           as user_id,
  person_id                                         as person_id,
  install_id                                        as install_id,
  position                                          as position,
  source                                            as source,
  channel                                           as channel,
  coalesce(campaign_id, case when channel = 'organic' then 'organic' else 'unattributed' end) as campaign_id,
  coalesce(campaign_name, campaign_id, case when channel = 'organic' then 'organic' else 'unattributed' end) as campaign_name,
  method                                            as match_method,
  confidence                                        as match_confidence,
  touch_type                                        as touch_type,
  touched_at                                        as touched_at,
  seconds_before_install                            as seconds_before_install,
  credit_removed_by                                 as credit_removed_by
from placed
