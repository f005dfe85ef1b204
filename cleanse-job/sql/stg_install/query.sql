-- one row per install
select
  report_date                                       as install_date,
  user_id                                           as user_id,
  installed_at                                      as installed_at,
  case
    when media_source in ('Facebook Ads', 'facebook_int', 'facebook') then 'meta'
    when media_source = 'googleadwords_int' then 'google_ads'
    when media_source = 'Apple Search Ads' then 'apple_search_ads'
    when media_source is null or media_source in ('', 'organic') then 'organic'
    else 'unattributed'
  end                                               as channel,
  coalesce(media_source, 'organic')                 as source,
  campaign_id                                       as campaign_id,
  campaign_name                                     as campaign_name,
  ad_group_id                                       as ad_group_id,
  ad_id                                             as ad_id,
  country                                           as country,
  platform                                          as platform,
  raw_ref                                           as raw_ref
from stg_appsflyer__install
where report_date = run_date()
  and removed_reason is null
