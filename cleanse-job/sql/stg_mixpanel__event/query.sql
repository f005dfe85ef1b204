-- one row per event that Mixpanel exported for the day or beside it: kept, or with the reason why it was removed
with identified as (
  select
    *,
    case
      when bad_field is null then 'good'
      when bad_field <> 'time' or event_day is null then 'bad'
      -- an export may hold the last second of the day before, or the first of the day after. That counts on its own day
      when days_between(report_date, event_day) not in (-1, 1) then 'bad'
      when report_date = run_date() then 'elsewhere'
      else 'good'
    end as state,
    -- without an id of its own an event is what it says
    case
      when insert_id is not null then insert_id
      else text_hash(coalesce(event_name, '') || '|' || coalesce(distinct_id_key, '') || '|'
        || coalesce(cast(event_at as string), '') || '|' || coalesce(order_id, '') || '|' || coalesce(cast(revenue as string), '')
        || '|' || coalesce(properties, ''))
    end as event_id
  from src_mixpanel__event
  where report_date = run_date() or event_day = run_date()
),

near as (
  select *
  from identified
  where state <> 'bad' or report_date = run_date()
),

-- few ids come twice, and only their rows are compared
repeated as (
  select project_id, event_id
  from near
  group by project_id, event_id
  having count(*) > 1
),

compared as (
  select
    k.*,
    coalesce(k.event_name, '') || '|' || coalesce(k.distinct_id_key, '') || '|' || coalesce(cast(k.event_at as string), '')
      as event_key,
    coalesce(cast(k.revenue as string), '') || '|' || coalesce(k.distinct_id_kind, '') || '|' || coalesce(k.device_id_key, '')
      || '|' || coalesce(k.user_id_key, '') || '|' || coalesce(k.user_id_kind, '')
      || '|' || coalesce(k.advertising_id_key, '') || '|' || coalesce(k.advertising_id_kind, '')
      || '|' || coalesce(k.identified_id_key, '') || '|' || coalesce(k.anon_id_key, '') || '|' || coalesce(k.alias_key, '')
      || '|' || coalesce(k.merged_id_keys, '') || '|' || coalesce(k.email_key, '') || '|' || coalesce(k.phone_key, '')
      || '|' || coalesce(k.network_key, '') || '|' || coalesce(k.library, '') || '|' || coalesce(k.os, '')
      || '|' || coalesce(k.app_version, '') || '|' || coalesce(k.model, '') || '|' || coalesce(k.country_code, '')
      || '|' || coalesce(k.utm_source, '') || '|' || coalesce(k.utm_medium, '') || '|' || coalesce(k.utm_campaign, '')
      || '|' || coalesce(k.order_id, '') || '|' || coalesce(k.product_id, '') || '|' || coalesce(k.currency, '')
      || '|' || coalesce(k.properties, '') as content
  from near as k
  inner join repeated as r
    on r.project_id = k.project_id and r.event_id = k.event_id
),

-- what was received last comes first. When that is not told, or at once, the content decides, so that the order of rows never does
ranked as (
  select
    *,
    row_number() over (
      partition by state, project_id, event_id, event_key
      order by received_at desc nulls last, content, report_date, raw_file, raw_line
    ) as copy_number,
    min(event_key) over (partition by state, project_id, event_id) as first_key,
    max(event_key) over (partition by state, project_id, event_id) as last_key
  from compared
),

judged as (
  select * from ranked

  union all

  select
    k.*,
    cast(null as string) as event_key,
    cast(null as string) as content,
    cast(1 as bigint)    as copy_number,
    cast(null as string) as first_key,
    cast(null as string) as last_key
  from near as k
  left join repeated as r -- an id that came once
    on r.project_id = k.project_id and r.event_id = k.event_id
  where r.event_id is null
)

select
  run_date()                                        as report_date,
  report_date                                       as export_date,
  project_id                                        as project_id,
  event_name                                        as event_name,
  event_at                                          as event_at,
  received_at                                       as received_at,
  event_id                                          as event_id,
  case when insert_id is null then 'derived' else 'sent' end as event_id_source,
  coalesce(state = 'good' and first_key <> last_key, false) as event_id_shared,
  distinct_id_key                                   as distinct_id_key,
  distinct_id_kind                                  as distinct_id_kind,
  device_id_key                                     as device_id_key,
  user_id_key                                       as user_id_key,
  user_id_kind                                      as user_id_kind,
  advertising_id_key                                as advertising_id_key,
  advertising_id_kind                               as advertising_id_kind,
  case when distinct_id_kind = 'device' then distinct_id_key end as link_distinct_key,
  case when advertising_id_kind = 'id' then advertising_id_key end as link_advertising_key,
  case
    when user_id_kind in ('id', 'email') then user_id_key
    -- apps of the older kind name the user in the distinct id, and before that the device
    when distinct_id_kind in ('id', 'email') and distinct_id_key is distinct from device_id_key then distinct_id_key
  end                                               as link_user_key,
  identified_id_key                                 as identified_id_key,
  anon_id_key                                       as anon_id_key,
  alias_key                                         as alias_key,
  merged_id_keys                                    as merged_id_keys,
  email_key                                         as email_key,
  phone_key                                         as phone_key,
  network_key                                       as network_key,
  case
    when lower(os) in ('ios', 'iphone os', 'ipados') then 'ios'
    when lower(os) = 'android' then 'android'
    when os is not null or library = 'web' then 'web'
  end                                               as platform,
  app_version                                       as app_version,
  model                                             as model,
  country_code                                      as country,
  utm_source                                        as utm_source,
  utm_medium                                        as utm_medium,
  utm_campaign                                      as utm_campaign,
  order_id                                          as order_id,
  product_id                                        as product_id,
  revenue                                           as revenue,
  currency                                          as currency,
  case
    when state = 'bad' then 'unreadable_value'
    when state = 'elsewhere' then 'counts_on_its_day'
    when copy_number > 1 then 'duplicate'
  end                                               as removed_reason,
  case
    when state = 'bad' then bad_field || '=' || coalesce(bad_value, '')
    when state = 'elsewhere' then 'event_day=' || cast(event_day as string)
    when copy_number > 1 then 'copy ' || cast(copy_number as string)
  end                                               as observed_value,
  raw_file || '#' || cast(raw_line as string)       as raw_ref
from judged
