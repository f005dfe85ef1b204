-- one row per pair of ids that the day's rows show together, and per id that is seen alone
with mixpanel as (
  select
    event_at,
    event_name,
    device_id_key                                                                     as device_key,
    link_advertising_key                                                              as advertising_key,
    link_distinct_key                                                                 as distinct_key,
    link_user_key                                                                     as user_key,
    identified_id_key,
    anon_id_key,
    alias_key,
    merged_id_keys
  from stg_mixpanel__event
  where report_date = run_date() and removed_reason is null
),

seen as (
  select event_at as seen_at, device_key, advertising_key, cast(null as string) as vendor_key, distinct_key, user_key
  from mixpanel
  where event_name not in ('$identify', '$create_alias', '$merge')

  union all

  select
    installed_at, user_id, link_advertising_key, cast(null as string), cast(null as string), link_user_key
  from stg_appsflyer__install
  where report_date = run_date() and removed_reason is null

  union all

  select
    event_at, user_id, link_advertising_key, cast(null as string), cast(null as string), link_user_key
  from stg_appsflyer__event
  where report_date = run_date() and removed_reason is null

  union all

  select
    event_at, user_pseudo_key, link_advertising_key, vendor_id_key, cast(null as string), link_user_key
  from stg_ga4__event
  where report_date = run_date() and removed_reason is null
),

together as (
  select
    device_key, advertising_key, vendor_key, distinct_key, user_key,
    count(*) as evidence, min(seen_at) as first_seen_at, max(seen_at) as last_seen_at
  from seen
  group by device_key, advertising_key, vendor_key, distinct_key, user_key
),

pairs as (
  select 'same_event' as rule, 'device' as left_kind, device_key as left_key, 'user' as right_kind, user_key as right_key,
    evidence, first_seen_at, last_seen_at
  from together
  union all
  select 'same_event', 'advertising', advertising_key, 'user', user_key, evidence, first_seen_at, last_seen_at from together
  union all
  select 'same_event', 'vendor', vendor_key, 'user', user_key, evidence, first_seen_at, last_seen_at from together
  union all
  select 'same_event', 'distinct', distinct_key, 'user', user_key, evidence, first_seen_at, last_seen_at from together
  union all
  select 'same_event', 'advertising', advertising_key, 'device', device_key, evidence, first_seen_at, last_seen_at from together
  union all
  select 'same_event', 'distinct', distinct_key, 'device', device_key, evidence, first_seen_at, last_seen_at from together
  union all
  select 'same_vendor', 'vendor', vendor_key, 'device', device_key, evidence, first_seen_at, last_seen_at from together
  union all
  select 'same_event', 'distinct', distinct_key, 'advertising', advertising_key, evidence, first_seen_at, last_seen_at
  from together
  where device_key is null
  union all
  -- an id alone says that it was there
  select 'alone', 'device', device_key, 'device', device_key, evidence, first_seen_at, last_seen_at
  from together
  where coalesce(advertising_key, vendor_key, distinct_key, user_key) is null
  union all
  select 'alone', 'advertising', advertising_key, 'advertising', advertising_key, evidence, first_seen_at, last_seen_at
  from together
  where coalesce(device_key, vendor_key, distinct_key, user_key) is null
  union all
  select 'alone', 'vendor', vendor_key, 'vendor', vendor_key, evidence, first_seen_at, last_seen_at
  from together
  where coalesce(device_key, advertising_key, distinct_key, user_key) is null
  union all
  select 'alone', 'distinct', distinct_key, 'distinct', distinct_key, evidence, first_seen_at, last_seen_at
  from together
  where coalesce(device_key, advertising_key, vendor_key, user_key) is null
  union all
  select 'alone', 'user', user_key, 'user', user_key, evidence, first_seen_at, last_seen_at
  from together
  where coalesce(device_key, advertising_key, vendor_key, distinct_key) is null
  union all
  -- the id before is a device of the older kind, or of the newer: which one, its hash does not tell
  select 'identify', 'device', anon_id_key, 'user', identified_id_key, 1, event_at, event_at
  from mixpanel
  where event_name = '$identify'
  union all
  select 'identify', 'distinct', anon_id_key, 'user', identified_id_key, 1, event_at, event_at
  from mixpanel
  where event_name = '$identify'
  union all
  select 'alias', 'distinct', distinct_key, 'user', alias_key, 1, event_at, event_at
  from mixpanel
  where event_name = '$create_alias'
  union all
  select 'alias', 'user', least(user_key, alias_key), 'user', greatest(user_key, alias_key), 1, event_at, event_at
  from mixpanel
  where event_name = '$create_alias' and user_key <> alias_key
  union all
  -- two hashes of 64 characters with a comma between them
  select
    'merge', 'user',
    least(substring(merged_id_keys, 1, 64), substring(merged_id_keys, 66, 64)), 'user',
    greatest(substring(merged_id_keys, 1, 64), substring(merged_id_keys, 66, 64)), 1, event_at, event_at
  from mixpanel
  where event_name = '$merge' and length(merged_id_keys) = 129
)

select
  run_date()                                        as edge_date,
  rule                                              as rule,
  left_kind                                         as left_kind,
  left_key                                          as left_key,
  right_kind                                        as right_kind,
  right_key                                         as right_key,
  cast(sum(evidence) as bigint)                     as evidence,
  min(first_seen_at)                                as first_seen_at,
  max(last_seen_at)                                 as last_seen_at
from pairs
where left_key is not null
  and right_key is not null
group by rule, left_kind, left_key, right_kind, right_key
