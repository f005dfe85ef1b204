-- one row per user who came on the day, and per campaign that cost money and brought nobody
with installs as (
  select
    *,
    channel || '|' || coalesce(campaign_id, '') || '|' || coalesce(campaign_name, '') as told_key,
    row_number() over (
      partition by user_id
      order by
        install_date, installed_at, channel, coalesce(campaign_id, ''), coalesce(ad_id, ''), raw_ref
    ) as nth
  from stg_install
  where install_date <= run_date() and removed_reason is null
),

buyers_before as (
  select distinct user_id
  from stg_order
  where order_date < run_date()
    and removed_reason is null
    and kind in ('purchase', 'subscription', 'reservation')
),

users as (
  select
    i.user_id,
    i.person_id,
    'install'                                       as acquisition_kind,
    i.installed_at                                  as acquired_at,
    coalesce(m.channel, i.channel)                  as channel,
    coalesce(m.campaign_id, i.campaign_id)          as campaign_id,
    i.campaign_name, i.ad_group_id, i.ad_id,
    m.method                                        as match_method,
    m.confidence                                    as match_confidence,
    i.credit_removed_by, i.install_id, i.touch_type, i.touched_at,
    case when i.assist_1_channel is null then 0 else 1 end + case when i.assist_2_channel is null then 0 else 1 end
      + case when i.assist_3_channel is null then 0 else 1 end as assists,
    i.country, i.platform
  from installs as i
  left join buyers_before as b -- who bought on this device before is no new user
    on b.user_id = i.user_id
  left join campaign_match as m -- organic installs name no campaign
    on m.report_date = run_date()
    and m.source = 'appsflyer'
    and m.told_source = i.source
    and m.told_key = i.told_key
  where i.nth = 1
    and i.install_date = run_date()
    and b.user_id is null

  union all

  select
    n.person_id,
    n.person_id,
    n.acquisition_kind,
    n.acquired_at,
    coalesce(m.channel, n.channel),
    coalesce(m.campaign_id, n.told_campaign_id),
    n.told_campaign_name, cast(null as string), cast(null as string),
    m.method, m.confidence,
    cast(null as string), cast(null as string), cast(null as string), cast(null as timestamp), 0,
    n.country, n.platform
  from new_person as n
  left join campaign_match as m -- of most nobody knows how they came
    on m.report_date = n.session_date
    and m.source = 'ga4_export'
    and m.told_source = n.told_source
    and m.told_key = n.told_key
  where n.report_date = run_date()
),

placed as (
  select
    *,
    coalesce(campaign_id, case when channel = 'organic' then 'organic' else 'unattributed' end) as campaign,
    coalesce(campaign_name, campaign_id, case when channel = 'organic' then 'organic' else 'unattributed' end) as told_name
  from users
),

spent as (
  select
    channel,
    coalesce(campaign_id, 'unattributed')           as campaign,
    sum(spend)                                      as spend
  from fct_ad_performance
  where report_date = run_date()
  group by channel, coalesce(campaign_id, 'unattributed')
  having sum(spend) <> 0
),

-- a campaign's cost in ten-thousandths: everybody bears the same, the first ones what does not divide
shares as (
  select
    s.channel,
    s.campaign,
    s.spend,
    cast(s.spend * 10000 as bigint)                 as units,
    count(p.user_id)                                as users,
    cast(floor(cast(s.spend * 10000 as double) / greatest(count(p.user_id), 1)) as bigint) as units_each
  from spent as s
  left join placed as p -- some bring nobody
    on p.channel = s.channel and p.campaign = s.campaign
  group by s.channel, s.campaign, s.spend
),

borne as (
  select
    p.*,
    row_number() over (partition by p.channel, p.campaign order by p.user_id) as nth
  from placed as p
)

select
  run_date()                                        as acquisition_date,
  b.user_id                                         as user_id,
  b.person_id                                       as person_id,
  b.acquisition_kind                                as acquisition_kind,
  b.acquired_at                                     as acquired_at,
  b.channel                                         as channel,
  b.campaign                                        as campaign_id,
  b.told_name                                       as campaign_name,
  b.ad_group_id                                     as ad_group_id,
  b.ad_id                                           as ad_id,
  b.match_method                                    as match_method,
  b.match_confidence                                as match_confidence,
  b.credit_removed_by                               as credit_removed_by,
  b.install_id                                      as install_id,
  b.touch_type                                      as touch_type,
  b.touched_at                                      as touched_at,
  cast(b.assists as bigint)                         as assists,
  cast(1 as bigint)                                 as users,
  cast(
    cast(coalesce(s.units_each + case when b.nth <= s.units - s.units_each * s.users then 1 else 0 end, 0) as decimal(18, 0)) * 0.0001
    as decimal(18, 4)
  )                                                 as cost_share,
  b.country                                         as country,
  b.platform                                        as platform
from borne as b
left join shares as s -- organic users cost nothing
  on s.channel = b.channel and s.campaign = b.campaign

union all

select
  run_date(), cast(null as string), cast(null as string), 'nobody', cast(null as timestamp), channel, campaign, campaign, cast(null as string),
  cast(null as string), cast(null as string), cast(null as decimal(4, 2)), cast(null as string), cast(null as string), cast(null as string),
  cast(null as timestamp), cast(0 as bigint), cast(0 as bigint), cast(spend as decimal(18, 4)),
  cast(null as string), cast(null as string)
from shares
where users = 0
