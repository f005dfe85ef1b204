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
    case when distinct_id_kind = 'device' then distinct_id_key end      as distinct_key,
    case when advertising_id_kind = 'id' then advertising_id_key end    as advertising_key,
    cast(null as string)                                                as vendor_key,
    case
      when user_id_kind in ('id', 'email') then user_id_key
      when distinct_id_kind in ('id', 'email') and distinct_id_key is distinct from device_id_key then distinct_id_key
    end                                                                 as user_key,
    raw_ref
  from stg_mixpanel__event
  where report_date = run_date()
    and removed_reason is null
    and event_name not in ('$identify', '$create_alias', '$merge')

  union all

  select
    'appsflyer', event_id, event_name, event_at, platform, country, cast(null as string), cast(null as string),
    cast(null as string), order_id, revenue, currency,
    user_id, cast(null as string), case when advertising_id_kind = 'id' then advertising_id_key end, cast(null as string),
    case when customer_user_id_kind in ('id', 'email') then customer_user_id_key end,
    raw_ref
  from stg_appsflyer__event
  where report_date = run_date() and removed_reason is null

  union all

  select
    'ga4_export', event_id, event_name, event_at, platform, country, cast(null as string), session_id,
    cast(null as string), order_id, coalesce(revenue, -refund), currency,
    user_pseudo_key, cast(null as string), case when advertising_id_kind = 'id' then advertising_id_key end, vendor_id_key,
    case when user_id_kind in ('id', 'email') then user_id_key end,
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
)

select
  run_date()                                        as event_date,
  e.source                                          as source,
  e.event_id                                        as event_id,
  e.event_name                                      as event_name,
  e.event_at                                        as event_at,
  e.platform                                        as platform,
  e.country                                         as country,
  e.app_version                                     as app_version,
  e.session_id                                      as session_id,
  e.product_id                                      as product_id,
  e.order_id                                        as order_id,
  e.revenue                                         as revenue,
  e.currency                                        as currency,
  coalesce(u.cluster_id, d.cluster_id)              as person_id,
  e.device_key                                      as device_key,
  e.user_key                                        as user_id_raw,
  coalesce(u.user_id_key, e.user_key, d.user_id_key) as user_id_filled,
  case when e.user_key is not null then 'sent' when d.user_id_key is not null then d.rule end as user_fill_rule,
  case when e.user_key is null and d.user_id_key is not null then d.evidence end as user_fill_evidence,
  e.advertising_key                                 as advertising_id_raw,
  coalesce(e.advertising_key, d.advertising_id_key, u.advertising_id_key) as advertising_id_filled,
  case
    when e.advertising_key is not null then 'sent'
    when d.advertising_id_key is not null then 'device'
    when u.advertising_id_key is not null then 'user'
  end                                               as advertising_fill_rule,
  e.raw_ref                                         as raw_ref
from placed as e
left join identity_cluster as u -- who sent no user id
  on u.node_kind = 'user' and u.node_key = e.user_key
left join identity_cluster as d -- who sent no id of the device
  on d.node_kind = e.node_kind
  and d.node_key = e.node_key
  and (d.valid_from is null or d.valid_from <= e.event_at)
  and (d.valid_to is null or e.event_at < d.valid_to)
