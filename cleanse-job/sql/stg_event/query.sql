-- one row per app event of the day, whoever sent it, with the person behind it
with events as (
  select
    'mixpanel'                                                          as source,
    text_hash(coalesce(project_id, '') || '|' || event_name || '|' || coalesce(distinct_id_key, '') || '|'
      || cast(event_at as string) || '|' || event_id)                   as event_id,
    event_name,
    event_at,
    platform,
    country,
    app_version,
    cast(null as string)                                                as session_id,
    product_id,
    order_id,
    revenue,
    currency,
    device_id_key                                                       as device_key,
    link_distinct_key                                                   as distinct_key,
    link_advertising_key                                                as advertising_key,
    cast(null as string)                                                as vendor_key,
    link_user_key                                                       as user_key,
    seconds_between(event_at, received_at)                              as seconds_late,
    cast(null as string)                                                as inside,
    raw_ref
  from stg_mixpanel__event
  where report_date = run_date()
    and removed_reason is null
    and event_name not in ('$identify', '$create_alias', '$merge')

  union all

  select
    'appsflyer', event_id, event_name, event_at, platform, country, cast(null as string), cast(null as string),
    cast(null as string), order_id, revenue, currency,
    user_id, cast(null as string), link_advertising_key, cast(null as string), link_user_key,
    cast(null as bigint), cast(null as string), raw_ref
  from stg_appsflyer__event
  where report_date = run_date() and removed_reason is null

  union all

  select
    'ga4_export', event_id, event_name, event_at, platform, country, cast(null as string), session_id,
    cast(null as string), order_id, coalesce(revenue, -refund), currency,
    user_pseudo_key, cast(null as string), link_advertising_key, vendor_id_key, link_user_key,
    cast(null as bigint),
    case when traffic_type = 'internal' then 'traffic_type=internal' when debug_mode then 'debug_mode=1' end,
    raw_ref
  from stg_ga4__event
  where report_date = run_date() and removed_reason is null
),

-- of a device's ids the one that lasts longest tells whose it is
placed as (
  select
    *,
    case
      when device_key is not null then 'device'
      when distinct_key is not null then 'distinct'
      when advertising_key is not null then 'advertising'
      else 'vendor'
    end                                                                 as node_kind,
    coalesce(device_key, distinct_key, advertising_key, vendor_key)     as node_key
  from events
),

known as (
  select
    e.*,
    coalesce(u.cluster_id, d.cluster_id)            as person_id,
    coalesce(u.user_id_key, e.user_key, d.user_id_key) as user_id_filled,
    case when e.user_key is not null then 'sent' when d.user_id_key is not null then d.rule end as user_fill_rule,
    case when e.user_key is null and d.user_id_key is not null then d.evidence end as user_fill_evidence,
    coalesce(e.advertising_key, d.advertising_id_key, u.advertising_id_key) as advertising_id_filled,
    case
      when e.advertising_key is not null then 'sent'
      when d.advertising_id_key is not null then 'device'
      when u.advertising_id_key is not null then 'user'
    end                                             as advertising_fill_rule
  from placed as e
  left join identity_cluster as u -- who sent no user id
    on u.node_kind = 'user' and u.node_key = e.user_key
  left join identity_cluster as d -- who sent no id of the device
    on d.node_kind = e.node_kind
    and d.node_key = e.node_key
    and (d.valid_from is null or d.valid_from <= e.event_at)
    and (d.valid_to is null or e.event_at < d.valid_to)
),

excluded as (
  select subject_kind, subject_key, min(rule_id) as rule_id, min(rule_id || ': ' || what) as what
  from fraud_decision
  where action = 'exclude'
    and subject_kind in ('person', 'device', 'advertising', 'session', 'event')
  group by subject_kind, subject_key
),

rules as (
  select
    max(case when rule_id = 'R17' and action = 'exclude' then 1 else 0 end)         as inside_excluded,
    max(case when rule_id = 'R20' and setting = 'late_days' then value end) * 86400 as late_seconds,
    max(case when rule_id = 'R20' and setting = 'future_minutes' then value end) * 60 as future_seconds
  from fraud_rule
  where action not in ('off', 'allow')
)

select
  run_date()                                        as event_date,
  k.source                                          as source,
  k.event_id                                        as event_id,
  k.event_name                                      as event_name,
  k.event_at                                        as event_at,
  case when k.seconds_late > r.late_seconds then 'late' when -k.seconds_late > r.future_seconds then 'future' end as time_tag,
  k.platform                                        as platform,
  k.country                                         as country,
  k.app_version                                     as app_version,
  k.session_id                                      as session_id,
  k.product_id                                      as product_id,
  k.order_id                                        as order_id,
  k.revenue                                         as revenue,
  k.currency                                        as currency,
  k.person_id                                       as person_id,
  k.device_key                                      as device_key,
  k.user_key                                        as user_id_raw,
  k.user_id_filled                                  as user_id_filled,
  k.user_fill_rule                                  as user_fill_rule,
  k.user_fill_evidence                              as user_fill_evidence,
  k.advertising_key                                 as advertising_id_raw,
  k.advertising_id_filled                           as advertising_id_filled,
  k.advertising_fill_rule                           as advertising_fill_rule,
  coalesce(
    p.rule_id, v.rule_id, a.rule_id, s.rule_id, e.rule_id, case when k.inside is not null and r.inside_excluded = 1 then 'R17' end
  )                                                 as removed_reason,
  coalesce(
    substring(p.what, 6), substring(v.what, 6), substring(a.what, 6), substring(s.what, 6), substring(e.what, 6),
    case when r.inside_excluded = 1 then k.inside end
  )                                                 as observed_value,
  k.raw_ref                                         as raw_ref
from known as k
cross join rules as r
left join excluded as p -- most are excluded by nothing
  on p.subject_kind = 'person' and p.subject_key = k.person_id
left join excluded as v
  on v.subject_kind = 'device' and v.subject_key = k.device_key
left join excluded as a
  on a.subject_kind = 'advertising' and a.subject_key = k.advertising_key
left join excluded as s
  on s.subject_kind = 'session' and s.subject_key = k.device_key || '|' || k.session_id
left join excluded as e
  on e.subject_kind = 'event' and e.subject_key = k.event_id
