-- one row per row that was removed on the way, with the rule that removed it
with judged as (
  select 'stg_meta__ad_daily' as dataset, removed_reason, observed_value, raw_ref, report_date,
    coalesce(account_id, '') || '/' || coalesce(ad_id, '') as row_key from stg_meta__ad_daily
  union all
  select 'stg_appsflyer__install' as dataset, removed_reason, observed_value, raw_ref, report_date,
    coalesce(app_id, '') || '/' || coalesce(user_id, '') as row_key from stg_appsflyer__install
  union all
  select 'stg_appsflyer__event' as dataset, removed_reason, observed_value, raw_ref, report_date,
    coalesce(app_id, '') || '/' || coalesce(user_id, '') || '/' || coalesce(event_name, '') as row_key from stg_appsflyer__event
  union all
  select 'stg_mixpanel__event' as dataset, removed_reason, observed_value, raw_ref, report_date,
    coalesce(project_id, '') || '/' || coalesce(distinct_id_key, '') || '/' || coalesce(event_name, '') as row_key from stg_mixpanel__event
  union all
  select 'stg_ga4__event' as dataset, removed_reason, observed_value, raw_ref, report_date,
    coalesce(property_id, '') || '/' || coalesce(user_pseudo_key, '') || '/' || coalesce(event_name, '') as row_key from stg_ga4__event
  union all
  select 'stg_file__order' as dataset, removed_reason, observed_value, raw_ref, report_date,
    coalesce(source_file, '') || '/' || coalesce(cast(source_line as string), '') as row_key from stg_file__order
  union all
  select 'stg_file__completion' as dataset, removed_reason, observed_value, raw_ref, report_date,
    coalesce(transaction_id, '') as row_key from stg_file__completion
  union all
  select 'stg_file__report_access' as dataset, removed_reason, observed_value, raw_ref, report_date,
    coalesce(site_key, '') || '/' || coalesce(week, '') || '/' || coalesce(report_type, '') as row_key from stg_file__report_access
  union all
  select 'stg_install' as dataset, removed_reason, observed_value, raw_ref, install_date as report_date,
    install_id as row_key from stg_install
  union all
  select 'stg_event' as dataset, removed_reason, observed_value, raw_ref, event_date as report_date,
    source || '/' || event_name || '/' || event_id as row_key from stg_event
  union all
  select 'stg_order' as dataset, removed_reason, observed_value, raw_ref, order_date as report_date,
    source || '/' || kind || '/' || order_id as row_key from stg_order
  union all
  select 'stg_meta__action' as dataset, removed_reason, observed_value, raw_ref, report_date,
    coalesce(account_id, '') || '/' || coalesce(ad_id, '') || '/' || coalesce(action_type, '') as row_key from stg_meta__action
  -- what Meta tells of engagement, or tells twice, is nothing wrong
  where removed_reason in ('unreadable_value', 'duplicate', 'unmapped')
  union all
  select 'stg_google_ads__ad_daily' as dataset, removed_reason, observed_value, raw_ref, report_date,
    coalesce(account_id, '') || '/' || coalesce(ad_group_id, '') || '/' || coalesce(ad_id, '') as row_key from stg_google_ads__ad_daily
  union all
  select 'stg_google_ads__campaign_daily' as dataset, removed_reason, observed_value, raw_ref, report_date,
    coalesce(account_id, '') || '/' || coalesce(campaign_id, '') as row_key from stg_google_ads__campaign_daily
  union all
  select 'stg_apple_search_ads__ad_group_daily' as dataset, removed_reason, observed_value, raw_ref, report_date,
    coalesce(account_id, '') || '/' || coalesce(ad_group_id, '') as row_key from stg_apple_search_ads__ad_group_daily
  union all
  select 'stg_apple_search_ads__campaign_daily' as dataset, removed_reason, observed_value, raw_ref, report_date,
    coalesce(account_id, '') || '/' || coalesce(campaign_id, '') || '/' || coalesce(country, '') as row_key from stg_apple_search_ads__campaign_daily
  union all
  select 'stg_google_ads__keyword_daily' as dataset, removed_reason, observed_value, raw_ref, report_date,
    coalesce(account_id, '') || '/' || coalesce(ad_group_id, '') || '/' || coalesce(keyword_id, '') as row_key from stg_google_ads__keyword_daily
  union all
  select 'stg_apple_search_ads__keyword_daily' as dataset, removed_reason, observed_value, raw_ref, report_date,
    coalesce(account_id, '') || '/' || coalesce(ad_group_id, '') || '/' || coalesce(keyword_id, '') as row_key from stg_apple_search_ads__keyword_daily
  union all
  select 'stg_google_ads__search_term_daily' as dataset, removed_reason, observed_value, raw_ref, report_date,
    coalesce(account_id, '') || '/' || coalesce(ad_group_id, '') || '/' || coalesce(search_query, '') as row_key from stg_google_ads__search_term_daily
  union all
  select 'stg_apple_search_ads__search_term_daily' as dataset, removed_reason, observed_value, raw_ref, report_date,
    coalesce(account_id, '') || '/' || coalesce(ad_group_id, '') || '/' || coalesce(search_query, '') as row_key from stg_apple_search_ads__search_term_daily
  union all
  select 'stg_naver_search_ad__search_term_daily' as dataset, removed_reason, observed_value, raw_ref, report_date,
    coalesce(account_id, '') || '/' || coalesce(ad_group_id, '') || '/' || coalesce(search_query, '') as row_key from stg_naver_search_ad__search_term_daily
  union all
  select 'stg_naver_search_ad__ad_daily' as dataset, removed_reason, observed_value, raw_ref, report_date,
    coalesce(account_id, '') || '/' || coalesce(ad_group_id, '') || '/' || coalesce(keyword_id, '') || '/' || coalesce(ad_id, '') as row_key from stg_naver_search_ad__ad_daily
  union all
  select 'stg_adison__ad_daily' as dataset, removed_reason, observed_value, raw_ref, report_date,
    coalesce(account_id, '') || '/' || coalesce(campaign_id, '') || '/' || coalesce(platform, '') || '/' || coalesce(ad_type, '') as row_key from stg_adison__ad_daily
  union all
  select 'stg_campaign_setting' as dataset, removed_reason, observed_value, raw_ref, report_date,
    coalesce(account_id, '') || '/' || coalesce(campaign_id, '') as row_key from stg_campaign_setting
  union all
  select 'stg_ad_link' as dataset, removed_reason, observed_value, raw_ref, report_date,
    coalesce(account_id, '') || '/' || coalesce(ad_group_id, '') || '/' || coalesce(ad_id, '') as row_key from stg_ad_link
),

-- of sources that no judged dataset stands on yet
unreadable as (
  select 'src_appsflyer__other_events' as dataset, bad_field, bad_value, raw_ref, report_date,
    coalesce(report, '') || '/' || coalesce(app_id, '') || '/' || coalesce(event_name, '') as row_key from src_appsflyer__other_events
  union all
  select 'src_meta__placement' as dataset, bad_field, bad_value, raw_ref, report_date,
    coalesce(account_id, '') || '/' || coalesce(ad_id, '') || '/' || coalesce(publisher_platform, '') as row_key from src_meta__placement
  union all
  select 'src_meta__adset' as dataset, bad_field, bad_value, raw_ref, report_date,
    coalesce(account_id, '') || '/' || coalesce(adset_id, '') as row_key from src_meta__adset
  union all
  select 'src_meta__campaign' as dataset, bad_field, bad_value, raw_ref, report_date,
    coalesce(account_id, '') || '/' || coalesce(campaign_id, '') as row_key from src_meta__campaign
  union all
  select 'src_meta__campaign_action' as dataset, bad_field, bad_value, raw_ref, report_date,
    coalesce(account_id, '') || '/' || coalesce(campaign_id, '') || '/' || coalesce(action_type, '') as row_key from src_meta__campaign_action
  union all
  select 'src_meta__account' as dataset, bad_field, bad_value, raw_ref, report_date,
    coalesce(account_id, '') as row_key from src_meta__account
  union all
  select 'src_google_ads__conversion' as dataset, bad_field, bad_value, raw_ref, report_date,
    coalesce(customer_id, '') || '/' || coalesce(campaign_id, '') || '/' || coalesce(conversion_action, '') as row_key from src_google_ads__conversion
  union all
  select 'src_naver_search_ad__keyword' as dataset, bad_field, bad_value, raw_ref, report_date,
    coalesce(customer_id, '') || '/' || coalesce(ad_group_id, '') || '/' || coalesce(keyword_id, '') as row_key from src_naver_search_ad__keyword
  union all
  select 'src_google_sheets__campaign_guide' as dataset, bad_field, bad_value, raw_ref, snapshot_date as report_date,
    'row ' || cast(sheet_row as string) as row_key from src_google_sheets__campaign_guide
  union all
  select 'src_file__campaign_guide' as dataset, bad_field, bad_value, raw_ref, snapshot_date as report_date,
    coalesce(source_file, '') || '/' || coalesce(cast(source_line as string), '') as row_key from src_file__campaign_guide
  union all
  select 'src_google_sheets__event_guide' as dataset, bad_field, bad_value, raw_ref, snapshot_date as report_date,
    'row ' || cast(sheet_row as string) as row_key from src_google_sheets__event_guide
  union all
  select 'src_file__event_guide' as dataset, bad_field, bad_value, raw_ref, snapshot_date as report_date,
    coalesce(source_file, '') || '/' || coalesce(cast(source_line as string), '') as row_key from src_file__event_guide
  union all
  select 'src_google_sheets__test_users' as dataset, bad_field, bad_value, raw_ref, snapshot_date as report_date,
    'row ' || cast(sheet_row as string) as row_key from src_google_sheets__test_users
  union all
  select 'src_google_sheets__exchange_rates' as dataset, bad_field, bad_value, raw_ref, snapshot_date as report_date,
    'row ' || cast(sheet_row as string) as row_key from src_google_sheets__exchange_rates
  union all
  select 'src_file__test_users' as dataset, bad_field, bad_value, raw_ref, snapshot_date as report_date,
    coalesce(source_file, '') || '/' || coalesce(cast(source_line as string), '') as row_key from src_file__test_users
  union all
  select 'src_google_sheets__fraud_rules' as dataset, bad_field, bad_value, raw_ref, snapshot_date as report_date,
    'row ' || cast(sheet_row as string) as row_key from src_google_sheets__fraud_rules
  union all
  select 'src_file__fraud_rules' as dataset, bad_field, bad_value, raw_ref, snapshot_date as report_date,
    coalesce(source_file, '') || '/' || coalesce(cast(source_line as string), '') as row_key from src_file__fraud_rules
  union all
  select 'src_file__clicks' as dataset, bad_field, bad_value, raw_ref, report_date,
    coalesce(source_file, '') || '/' || coalesce(cast(source_line as string), '') as row_key from src_file__clicks
  union all
  select 'src_appsflyer__partners_by_date' as dataset, bad_field, bad_value, raw_ref, report_date,
    coalesce(app_id, '') || '/' || coalesce(media_source, '') || '/' || coalesce(campaign, '') as row_key from src_appsflyer__partners_by_date
  union all
  select 'src_appsflyer__cohort' as dataset, bad_field, bad_value, raw_ref, report_date,
    coalesce(app_id, '') || '/' || coalesce(media_source, '') || '/' || coalesce(campaign, '') || '/' || coalesce(figure, '') as row_key from src_appsflyer__cohort
  union all
  select 'src_mixpanel__profile' as dataset, bad_field, bad_value, raw_ref, snapshot_date as report_date,
    coalesce(project_id, '') || '/' || coalesce(distinct_id_key, '') as row_key from src_mixpanel__profile
  union all
  select 'src_ga4__session' as dataset, bad_field, bad_value, raw_ref, report_date,
    coalesce(property_id, '') || '/' || coalesce(session_source, '') || '/' || coalesce(session_campaign_id, '') as row_key from src_ga4__session
  union all
  select 'src_firestore__document' as dataset, bad_field, bad_value, raw_file || '#' || cast(raw_line as string) as raw_ref, snapshot_date as report_date,
    coalesce(collection, '') || '/' || coalesce(document_key, '') as row_key from src_firestore__document
  union all
  select 'src_crm__customer' as dataset, bad_field, bad_value, raw_ref, snapshot_date as report_date,
    coalesce(customer_id, '') as row_key from src_crm__customer
  union all
  select 'src_crm__reservation' as dataset, bad_field, bad_value, raw_ref, snapshot_date as report_date,
    coalesce(reservation_id, '') as row_key from src_crm__reservation
  union all
  select 'src_crm__service' as dataset, bad_field, bad_value, raw_ref, snapshot_date as report_date,
    coalesce(service_id, '') as row_key from src_crm__service
),

asked as (
  select 'src_google_sheets__fraud_rules' as dataset, rule_id, setting, raw_ref, snapshot_date as report_date,
    'row ' || cast(sheet_row as string) as row_key from src_google_sheets__fraud_rules
  where bad_field is null
  union all
  select 'src_file__fraud_rules' as dataset, rule_id, setting, raw_ref, snapshot_date as report_date,
    coalesce(source_file, '') || '/' || coalesce(cast(source_line as string), '') as row_key from src_file__fraud_rules
  where bad_field is null
),

-- a list may ask for what no rule has
no_such_rule as (
  select a.*
  from asked as a
  left join fraud_rule as r -- most are of a rule and its setting
    on r.rule_id = a.rule_id and (a.setting is null or a.setting = r.setting)
  where r.rule_id is null
)

select
  report_date                                       as report_date,
  dataset                                           as dataset,
  removed_reason                                    as reason,
  '1'                                               as rule_version,
  observed_value                                    as observed_value,
  row_key                                           as row_key,
  raw_ref                                           as raw_ref
from judged
where report_date = run_date()
  and removed_reason is not null

union all

select report_date, dataset, 'unreadable_value', '1', bad_field || '=' || coalesce(bad_value, ''), row_key, raw_ref
from unreadable
where report_date = run_date()
  and bad_field is not null

union all

select report_date, dataset, 'no_such_rule', '1', rule_id || coalesce(' setting=' || setting, ''), row_key, raw_ref
from no_such_rule
where report_date = run_date()
