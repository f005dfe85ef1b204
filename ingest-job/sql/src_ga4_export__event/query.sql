-- one row per event of the day's exported table
with told as (
  select
    *,
    ga_params(event_params)                                    as params,
    try_cast(event_timestamp as bigint)                        as n_timestamp,
    cast(try_strptime(event_date, '%Y%m%d') as date)           as day
  from raw
),

cast_rows as (
  select
    *,
    coalesce(purchase_revenue, case when event_name in ('purchase', 'in_app_purchase') then ga_param(params, 'value') end) as paid,
    ga_param(params, 'currency')                               as told_currency
  from told
),

judged as (
  select
    *,
    case
      when raw_error is not null then '(row)'
      when event_name is null then 'event_name'
      when n_timestamp is null then 'event_timestamp'
      when day is null or day <> run_date() then 'event_date'
      when paid is not null and try_cast(paid as decimal(18, 4)) is null then 'revenue'
      when refund_value is not null and try_cast(refund_value as decimal(18, 4)) is null then 'refund'
    end as bad_field
  from cast_rows
)

select
  run_date()                                                   as report_date,
  raw_account                                                  as property_id,
  event_name                                                   as event_name,
  make_timestamp(n_timestamp)                                  as event_at,
  stream_id                                                    as stream_id,
  platform                                                     as platform,
  person_key(user_pseudo_id)                                   as user_pseudo_key,
  person_key(user_id)                                          as user_id_key,
  id_kind(user_id)                                             as user_id_kind,
  person_key(advertising_id)                                   as advertising_id_key,
  id_kind(advertising_id)                                      as advertising_id_kind,
  person_key(vendor_id)                                        as vendor_id_key,
  hash_key_id()                                                as hash_key_id,
  ga_param(params, 'traffic_type')                             as traffic_type,
  ga_param(params, 'debug_mode') in ('1', 'true')              as debug_mode,
  ga_param(params, 'ga_session_id')                            as session_id,
  whole(ga_param(params, 'ga_session_number'))                 as session_number,
  whole(ga_param(params, 'engagement_time_msec'))              as engagement_ms,
  without_persons(ga_param(params, 'page_location'))           as page_location,
  without_persons(ga_param(params, 'page_referrer'))           as page_referrer,
  make_timestamp(try_cast(first_touch as bigint))              as first_touch_at,
  whole(bundle_sequence_id)                                    as bundle_sequence_id,
  batch_page_id                                                as batch_page_id,
  batch_ordering_id                                            as batch_ordering_id,
  batch_event_index                                            as batch_event_index,
  device_category                                              as device_category,
  device_brand                                                 as device_brand,
  device_model                                                 as device_model,
  os                                                           as os,
  os_version                                                   as os_version,
  language                                                     as language,
  case lower(limits_ad_tracking) when 'yes' then true when 'true' then true when 'no' then false when 'false' then false end as limits_ad_tracking,
  country                                                      as country,
  region                                                       as region,
  city                                                         as city,
  app_id                                                       as app_id,
  app_version                                                  as app_version,
  install_source                                               as install_source,
  first_source                                                 as first_source,
  first_medium                                                 as first_medium,
  first_campaign                                               as first_campaign,
  source                                                       as source,
  medium                                                       as medium,
  campaign_id                                                  as campaign_id,
  campaign                                                     as campaign,
  coalesce(gclid, ga_param(params, 'gclid')) is not null       as has_click_id,
  without_persons(session_last_click)                          as session_last_click,
  coalesce(transaction_id, ga_param(params, 'transaction_id')) as transaction_id,
  try_cast(paid as decimal(18, 4))                             as revenue,
  try_cast(refund_value as decimal(18, 4))                     as refund,
  told_currency                                                as currency,
  without_persons(nullif(items, '[]'))                         as items,
  analytics_storage                                            as analytics_consent,
  ads_storage                                                  as ads_consent,
  nullif(without_persons(ga_rest(ga_params(user_props), ['user_id'])), '{}') as user_properties,
  without_persons(ga_rest(params, ['ga_session_id', 'ga_session_number', 'engagement_time_msec', 'page_location', 'page_referrer', 'currency', 'gclid', 'transaction_id', 'traffic_type', 'debug_mode'])) as properties,
  raw_fetched_at >= instant(cast(run_date() + 4 as varchar), raw_time_zone) as is_final,
  bad_field                                                    as bad_field,
  case bad_field
    when '(row)' then without_persons(raw_error)
    when 'event_name' then 'missing'
    when 'event_timestamp' then coalesce(without_persons(event_timestamp), 'missing')
    when 'event_date' then coalesce(without_persons(event_date), 'missing')
    when 'revenue' then without_persons(paid)
    when 'refund' then without_persons(refund_value)
  end                                                          as bad_value,
  raw_fetched_at                                               as fetched_at,
  raw_file                                                     as raw_file,
  raw_line                                                     as raw_line
from judged
