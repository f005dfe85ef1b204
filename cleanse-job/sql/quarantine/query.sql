-- one row per row that was removed on the way, with the rule that removed it
select
  report_date                                       as report_date,
  'stg_meta__ad_daily'                              as dataset,
  removed_reason                                    as reason,
  '1'                                               as rule_version,
  observed_value                                    as observed_value,
  coalesce(account_id, '') || '/' || coalesce(ad_id, '') as row_key,
  raw_ref                                           as raw_ref
from stg_meta__ad_daily
where report_date = run_date()
  and removed_reason is not null

union all

select
  report_date,
  'stg_appsflyer__install',
  removed_reason,
  '1',
  observed_value,
  coalesce(app_id, '') || '/' || coalesce(user_id, ''),
  raw_ref
from stg_appsflyer__install
where report_date = run_date()
  and removed_reason is not null

union all

select
  report_date,
  'stg_appsflyer__event',
  removed_reason,
  '1',
  observed_value,
  coalesce(app_id, '') || '/' || coalesce(user_id, '') || '/' || coalesce(event_name, ''),
  raw_ref
from stg_appsflyer__event
where report_date = run_date()
  and removed_reason is not null

union all

select
  report_date,
  'stg_file__order',
  removed_reason,
  '1',
  observed_value,
  coalesce(source_file, '') || '/' || coalesce(cast(source_line as string), ''),
  raw_ref
from stg_file__order
where report_date = run_date()
  and removed_reason is not null

union all

select
  report_date,
  'stg_google_ads__ad_daily',
  removed_reason,
  '1',
  observed_value,
  coalesce(account_id, '') || '/' || coalesce(ad_group_id, '') || '/' || coalesce(ad_id, ''),
  raw_ref
from stg_google_ads__ad_daily
where report_date = run_date()
  and removed_reason is not null

union all

select
  report_date,
  'stg_google_ads__campaign_daily',
  removed_reason,
  '1',
  observed_value,
  coalesce(account_id, '') || '/' || coalesce(campaign_id, ''),
  raw_ref
from stg_google_ads__campaign_daily
where report_date = run_date()
  and removed_reason is not null

union all

select
  report_date,
  'stg_apple_search_ads__ad_group_daily',
  removed_reason,
  '1',
  observed_value,
  coalesce(account_id, '') || '/' || coalesce(ad_group_id, ''),
  raw_ref
from stg_apple_search_ads__ad_group_daily
where report_date = run_date()
  and removed_reason is not null

union all

select
  report_date,
  'stg_apple_search_ads__campaign_daily',
  removed_reason,
  '1',
  observed_value,
  coalesce(account_id, '') || '/' || coalesce(campaign_id, '') || '/' || coalesce(country, ''),
  raw_ref
from stg_apple_search_ads__campaign_daily
where report_date = run_date()
  and removed_reason is not null

union all

select
  report_date,
  'stg_naver_search_ad__ad_daily',
  removed_reason,
  '1',
  observed_value,
  coalesce(account_id, '') || '/' || coalesce(ad_group_id, '') || '/' || coalesce(keyword_id, '') || '/' || coalesce(ad_id, ''),
  raw_ref
from stg_naver_search_ad__ad_daily
where report_date = run_date()
  and removed_reason is not null
