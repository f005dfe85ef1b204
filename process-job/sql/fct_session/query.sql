-- one row per session that began on the day
with events as (
  select
    e.source,
    e.event_id,
    e.event,
    e.event_at,
    e.platform,
    e.country,
    e.person_id,
    e.device_key,
    e.session_id,
    coalesce(e.device_key, e.person_id)             as actor,
    -- of the first event that tells it
    case when g.source is not null or g.campaign is not null then cast(e.event_at as string) || e.event_id end as told_at,
    g.source                                        as told_source,
    g.medium                                        as told_medium,
    g.campaign_id                                   as told_campaign_id,
    g.campaign                                      as told_campaign_name
  from fct_event as e
  left join stg_ga4__event as g -- only Analytics tells where a session came from
    on e.source = 'ga4_export'
    and g.event_id = e.event_id
    and g.removed_reason is null
  where e.event_date = run_date()
    and e.is_primary
    and coalesce(e.device_key, e.person_id) is not null
),

ordered as (
  select
    *,
    lag(event_at) over (partition by actor order by event_at, event_id)     as before_at,
    lag(session_id) over (partition by actor order by event_at, event_id)   as session_before
  from events
),

numbered as (
  select
    *,
    sum(case when before_at is null or seconds_between(before_at, event_at) > 1800 or session_id <> session_before then 1 else 0 end)
      over (partition by actor order by event_at, event_id rows between unbounded preceding and current row) as session_no
  from ordered
),

sessions as (
  select
    source,
    actor,
    session_no,
    max(person_id)                                  as person_id,
    max(device_key)                                 as device_key,
    max(platform)                                   as platform,
    max(country)                                    as country,
    min(event_at)                                   as started_at,
    max(event_at)                                   as ended_at,
    count(*)                                        as events,
    count(*) filter (where event = 'purchase')      as purchases,
    count(*) filter (where event = 'sign_up')       as sign_ups,
    lower(min_by(told_source, told_at))             as told_source,
    lower(min_by(told_medium, told_at))             as told_medium,
    min_by(told_campaign_id, told_at)               as told_campaign_id,
    min_by(told_campaign_name, told_at)             as told_campaign_name
  from numbered
  group by source, actor, session_no
)

select
  run_date()                                        as session_date,
  source                                            as source,
  text_hash(source || '|' || actor || '|' || cast(started_at as string)) as session_key,
  person_id                                         as person_id,
  device_key                                        as device_key,
  platform                                          as platform,
  country                                           as country,
  started_at                                        as started_at,
  ended_at                                          as ended_at,
  events                                            as events,
  purchases                                         as purchases,
  sign_ups                                          as sign_ups,
  told_source                                       as told_source,
  told_medium                                       as told_medium,
  told_campaign_id                                  as told_campaign_id,
  told_campaign_name                                as told_campaign_name,
  case
    when coalesce(told_medium, '') not in ('cpc', 'ppc', 'cpm', 'cpa', 'cpi', 'cpv', 'display', 'banner', 'da', 'sa')
      and coalesce(told_medium, '') not like '%paid%' then 'organic'
    when told_source like '%google%' then 'google_ads'
    when told_source in ('fb', 'ig', 'meta') or told_source like '%facebook%' or told_source like '%instagram%' then 'meta'
    when told_source like '%naver%' then 'naver_search_ad'
    when told_source like '%apple%' then 'apple_search_ads'
    when told_source like '%adison%' then 'adison'
    else 'unattributed'
  end                                               as channel
from sessions
