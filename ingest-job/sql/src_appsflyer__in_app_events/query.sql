-- one row per row that AppsFlyer sent for the day
with cleaned as (
  select
    text_or_null(install_time)              as install_time,
    text_or_null(event_time)                as event_time,
    text_or_null(event_name)                as event_name,
    event_value,
    text_or_null(event_revenue)             as event_revenue,
    text_or_null(event_revenue_currency)    as event_revenue_currency,
    text_or_null(event_source)              as event_source,
    text_or_null(media_source)              as media_source,
    text_or_null(campaign)                  as campaign,
    text_or_null(campaign_id)               as campaign_id,
    text_or_null(country_code)              as country_code,
    text_or_null(appsflyer_id)              as appsflyer_id,
    text_or_null(advertising_id)            as advertising_id,
    text_or_null(ip)                        as ip,
    text_or_null(idfa)                      as idfa,
    text_or_null(customer_user_id)          as customer_user_id,
    text_or_null(platform)                  as platform,
    text_or_null(app_id)                    as app_id,
    text_or_null(is_retargeting)            as is_retargeting,
    text_or_null(is_primary_attribution)    as is_primary_attribution,
    raw_account,
    raw_time_zone,
    raw_fetched_at,
    raw_ref,
    raw_error
  from raw
),

judged as (
  select
    *,
    case
      when raw_error is not null then '(row)'
      when appsflyer_id is null then 'appsflyer_id'
      when try_cast(event_time as timestamp) is null then 'event_time'
      when cast(try_cast(event_time as timestamp) as date) <> run_date() then 'event_time'
      when event_name is null then 'event_name'
      when install_time is not null and try_cast(install_time as timestamp) is null then 'install_time'
      when event_revenue is not null and try_cast(event_revenue as decimal(18, 4)) is null then 'event_revenue'
      when is_retargeting is not null and try_cast(is_retargeting as boolean) is null then 'is_retargeting'
      when is_primary_attribution is not null and try_cast(is_primary_attribution as boolean) is null then 'is_primary_attribution'
    end as bad_field
  from cleaned
)

select
  run_date()                                                         as report_date,
  coalesce(app_id, raw_account)                                      as app_id,
  person_key(appsflyer_id)                                           as appsflyer_id_key,
  coalesce(person_key(advertising_id), person_key(idfa))             as advertising_id_key,
  case
    when person_key(advertising_id) is null and idfa is not null then id_kind(idfa)
    else id_kind(advertising_id)
  end                                                                as advertising_id_kind,
  person_key(customer_user_id)                                       as customer_user_id_key,
  id_kind(customer_user_id)                                          as customer_user_id_kind,
  network_key(ip)                                                    as network_key,
  hash_key_id()                                                      as hash_key_id,
  event_name                                                         as event_name,
  instant(event_time, raw_time_zone)                                 as event_at,
  instant(install_time, raw_time_zone)                               as installed_at,
  sha256(coalesce(event_value, ''))                                  as event_value_hash,
  coalesce(
    json_extract_string(case when json_valid(event_value) then event_value end, '$.af_order_id'),
    json_extract_string(case when json_valid(event_value) then event_value end, '$.af_receipt_id')
  ) as order_id,
  event_source                                                       as event_source,
  try_cast(event_revenue as decimal(18, 4))                          as revenue,
  event_revenue_currency                                             as currency,
  coalesce(media_source, 'organic')                                  as media_source,
  campaign_id                                                        as campaign_id,
  country_code                                                       as country_code,
  platform                                                           as platform,
  try_cast(is_retargeting as boolean)                                as is_retargeting,
  try_cast(is_primary_attribution as boolean)                        as is_primary_attribution,
  bad_field                                                          as bad_field,
  case bad_field
    when '(row)' then raw_error
    when 'appsflyer_id' then coalesce(appsflyer_id, 'missing')
    when 'event_time' then coalesce(event_time, 'missing')
    when 'event_name' then coalesce(event_name, 'missing')
    when 'install_time' then coalesce(install_time, 'missing')
    when 'event_revenue' then coalesce(event_revenue, 'missing')
    when 'is_retargeting' then coalesce(is_retargeting, 'missing')
    when 'is_primary_attribution' then coalesce(is_primary_attribution, 'missing')
  end as bad_value,
  raw_fetched_at                                                     as fetched_at,
  raw_ref                                                            as raw_ref
from judged
