-- one row per install row that AppsFlyer sent for the day: kept, or with the reason why it was removed
with ranked as (
  select
    *,
    case when bad_field is null and coalesce(is_primary_attribution, true) then 1 else 0 end as counts,
    row_number() over (
      partition by
        app_id, appsflyer_id_key, installed_at,
        case when bad_field is null and coalesce(is_primary_attribution, true) then 1 else 0 end
      order by
        coalesce(media_source, ''), coalesce(campaign_id, ''), coalesce(campaign, ''),
        coalesce(adset_id, ''), coalesce(ad_id, ''), coalesce(country_code, ''),
        coalesce(platform, ''), touched_at nulls last, coalesce(touch_type, ''), coalesce(site_id, ''),
        play_click_at nulls last, install_begin_at nulls last,
        coalesce(contributor_1_media_source, ''), coalesce(contributor_1_campaign, ''), coalesce(contributor_1_touch_type, ''), contributor_1_touched_at nulls last,
        coalesce(contributor_2_media_source, ''), coalesce(contributor_2_campaign, ''), coalesce(contributor_2_touch_type, ''), contributor_2_touched_at nulls last,
        coalesce(contributor_3_media_source, ''), coalesce(contributor_3_campaign, ''), coalesce(contributor_3_touch_type, ''), contributor_3_touched_at nulls last,
        coalesce(advertising_id_key, ''), coalesce(advertising_id_kind, ''),
        coalesce(customer_user_id_key, ''), coalesce(customer_user_id_kind, ''), coalesce(network_key, ''),
        coalesce(os_version, ''), coalesce(device_model, ''), coalesce(language, ''), coalesce(carrier, ''),
        coalesce(user_agent, ''), coalesce(cast(on_wifi as string), ''), coalesce(cast(limits_ad_tracking as string), ''),
        raw_ref
    ) as copy_number
  from src_appsflyer__installs
  where report_date = run_date()
)

select
  report_date                                       as report_date,
  app_id                                            as app_id,
  text_hash(coalesce(app_id, '') || '|' || coalesce(appsflyer_id_key, '') || '|' || coalesce(cast(installed_at as string), '')) as install_id,
  appsflyer_id_key                                  as user_id,
  advertising_id_key                                as advertising_id_key,
  advertising_id_kind                               as advertising_id_kind,
  customer_user_id_key                              as customer_user_id_key,
  customer_user_id_kind                             as customer_user_id_kind,
  case when advertising_id_kind = 'id' then advertising_id_key end as link_advertising_key,
  case when customer_user_id_kind in ('id', 'email') then customer_user_id_key end as link_user_key,
  installed_at                                      as installed_at,
  touched_at                                        as touched_at,
  touch_type                                        as touch_type,
  contributor_1_media_source                        as assist_1_source,
  contributor_1_campaign                            as assist_1_campaign_name,
  contributor_1_touch_type                          as assist_1_touch_type,
  contributor_1_touched_at                          as assist_1_touched_at,
  contributor_2_media_source                        as assist_2_source,
  contributor_2_campaign                            as assist_2_campaign_name,
  contributor_2_touch_type                          as assist_2_touch_type,
  contributor_2_touched_at                          as assist_2_touched_at,
  contributor_3_media_source                        as assist_3_source,
  contributor_3_campaign                            as assist_3_campaign_name,
  contributor_3_touch_type                          as assist_3_touch_type,
  contributor_3_touched_at                          as assist_3_touched_at,
  play_click_at                                     as play_click_at,
  install_begin_at                                  as install_begin_at,
  media_source                                      as media_source,
  coalesce(media_source in (
    'Facebook Ads', 'facebook_int', 'facebook', 'googleadwords_int', 'Apple Search Ads', 'twitter', 'snapchat_int', 'tiktokglobal_int', 'bytedanceglobal_int', 'restricted'
  ), false)                                         as self_attributing,
  site_id                                           as site_id,
  campaign_id                                       as campaign_id,
  campaign                                          as campaign_name,
  adset_id                                          as ad_group_id,
  ad_id                                             as ad_id,
  country_code                                      as country,
  platform                                          as platform,
  os_version                                        as os_version,
  device_model                                      as device_model,
  language                                          as language,
  carrier                                           as carrier,
  on_wifi                                           as on_wifi,
  user_agent                                        as user_agent,
  limits_ad_tracking                                as limits_ad_tracking,
  network_key                                       as network_key,
  case
    when bad_field is not null then 'unreadable_value'
    when counts = 0 then 'not_primary_attribution'
    when copy_number > 1 then 'duplicate'
  end                                               as removed_reason,
  case
    when bad_field is not null then bad_field || '=' || coalesce(bad_value, '')
    when counts = 0 then 'is_primary_attribution=false'
    when copy_number > 1 then 'copy ' || cast(copy_number as string)
  end                                               as observed_value,
  raw_ref                                           as raw_ref
from ranked
