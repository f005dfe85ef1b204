-- one row per row that AppsFlyer sent for the day
with cleaned as (
  select
    text_or_null(touch_type)                as touch_type,
    text_or_null(touch_time)                as touch_time,
    text_or_null(install_time)              as install_time,
    text_or_null(event_time)                as event_time,
    text_or_null(event_name)                as event_name,
    text_or_null(media_source)              as media_source,
    text_or_null(campaign)                  as campaign,
    text_or_null(campaign_id)               as campaign_id,
    text_or_null(adset)                     as adset,
    text_or_null(adset_id)                  as adset_id,
    text_or_null(ad)                        as ad,
    text_or_null(ad_id)                     as ad_id,
    text_or_null(country_code)              as country_code,
    text_or_null(appsflyer_id)              as appsflyer_id,
    text_or_null(advertising_id)            as advertising_id,
    text_or_null(ip)                        as ip,
    text_or_null(idfa)                      as idfa,
    text_or_null(customer_user_id)          as customer_user_id,
    text_or_null(platform)                  as platform,
    text_or_null(app_version)               as app_version,
    text_or_null(site_id)                   as site_id,
    text_or_null(language)                  as language,
    text_or_null(carrier)                   as carrier,
    text_or_null(wifi)                      as wifi,
    text_or_null(os_version)                as os_version,
    text_or_null(user_agent)                as user_agent,
    text_or_null(device_model)              as device_model,
    text_or_null(is_lat)                    as is_lat,
    text_or_null(play_click_time)           as play_click_time,
    text_or_null(install_begin_time)        as install_begin_time,
    text_or_null(app_id)                    as app_id,
    text_or_null(contributor_1_partner)     as contributor_1_partner,
    text_or_null(contributor_1_media_source) as contributor_1_media_source,
    text_or_null(contributor_1_campaign)    as contributor_1_campaign,
    text_or_null(contributor_1_touch_type)  as contributor_1_touch_type,
    text_or_null(contributor_1_touch_time)  as contributor_1_touch_time,
    text_or_null(contributor_2_partner)     as contributor_2_partner,
    text_or_null(contributor_2_media_source) as contributor_2_media_source,
    text_or_null(contributor_2_campaign)    as contributor_2_campaign,
    text_or_null(contributor_2_touch_type)  as contributor_2_touch_type,
    text_or_null(contributor_2_touch_time)  as contributor_2_touch_time,
    text_or_null(contributor_3_partner)     as contributor_3_partner,
    text_or_null(contributor_3_media_source) as contributor_3_media_source,
    text_or_null(contributor_3_campaign)    as contributor_3_campaign,
    text_or_null(contributor_3_touch_type)  as contributor_3_touch_type,
    text_or_null(contributor_3_touch_time)  as contributor_3_touch_time,
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
      when try_cast(install_time as timestamp) is null then 'install_time'
      when cast(try_cast(install_time as timestamp) as date) <> run_date() then 'install_time'
      when touch_time is not null and try_cast(touch_time as timestamp) is null then 'touch_time'
      when install_begin_time is not null and try_cast(install_begin_time as timestamp) is null then 'install_begin_time'
      when play_click_time is not null and try_cast(play_click_time as timestamp) is null then 'play_click_time'
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
  instant(install_time, raw_time_zone)                               as installed_at,
  instant(touch_time, raw_time_zone)                                 as touched_at,
  touch_type                                                         as touch_type,
  coalesce(media_source, 'organic')                                  as media_source,
  site_id                                                            as site_id,
  campaign                                                           as campaign,
  campaign_id                                                        as campaign_id,
  adset                                                              as adset,
  adset_id                                                           as adset_id,
  ad                                                                 as ad,
  ad_id                                                              as ad_id,
  country_code                                                       as country_code,
  platform                                                           as platform,
  app_version                                                        as app_version,
  os_version                                                         as os_version,
  device_model                                                       as device_model,
  language                                                           as language,
  carrier                                                            as carrier,
  try_cast(wifi as boolean)                                          as on_wifi,
  without_persons(user_agent)                                        as user_agent,
  try_cast(is_lat as boolean)                                        as limits_ad_tracking,
  instant(play_click_time, raw_time_zone)                            as play_click_at,
  instant(install_begin_time, raw_time_zone)                         as install_begin_at,
  contributor_1_partner                                              as contributor_1_partner,
  contributor_1_media_source                                         as contributor_1_media_source,
  contributor_1_campaign                                             as contributor_1_campaign,
  contributor_1_touch_type                                           as contributor_1_touch_type,
  instant(contributor_1_touch_time, raw_time_zone)                   as contributor_1_touched_at,
  contributor_2_partner                                              as contributor_2_partner,
  contributor_2_media_source                                         as contributor_2_media_source,
  contributor_2_campaign                                             as contributor_2_campaign,
  contributor_2_touch_type                                           as contributor_2_touch_type,
  instant(contributor_2_touch_time, raw_time_zone)                   as contributor_2_touched_at,
  contributor_3_partner                                              as contributor_3_partner,
  contributor_3_media_source                                         as contributor_3_media_source,
  contributor_3_campaign                                             as contributor_3_campaign,
  contributor_3_touch_type                                           as contributor_3_touch_type,
  instant(contributor_3_touch_time, raw_time_zone)                   as contributor_3_touched_at,
  try_cast(is_retargeting as boolean)                                as is_retargeting,
  try_cast(is_primary_attribution as boolean)                        as is_primary_attribution,
  bad_field                                                          as bad_field,
  case bad_field
    when '(row)' then raw_error
    when 'appsflyer_id' then coalesce(appsflyer_id, 'missing')
    when 'install_time' then coalesce(install_time, 'missing')
    when 'touch_time' then coalesce(touch_time, 'missing')
    when 'install_begin_time' then install_begin_time
    when 'play_click_time' then play_click_time
    when 'is_retargeting' then coalesce(is_retargeting, 'missing')
    when 'is_primary_attribution' then coalesce(is_primary_attribution, 'missing')
  end as bad_value,
  raw_fetched_at                                                     as fetched_at,
  raw_ref                                                            as raw_ref
from judged
