-- one row per day, channel, account and the lowest level that the channel reports
select
  report_date,
  channel,
  account_id,
  campaign_id,
  campaign_name,
  ad_group_id,
  ad_group_name,
  ad_id,
  ad_name,
  impressions,
  clicks,
  spend_local,
  cast(null as decimal(18, 4))          as spend_gross_local,
  currency_local,
  is_final,
  raw_ref
from stg_meta__ad_daily
where report_date = run_date()
  and removed_reason is null

union all

select
  report_date,
  channel,
  account_id,
  campaign_id,
  campaign_name,
  ad_group_id,
  ad_group_name,
  ad_id,
  ad_name,
  impressions,
  clicks,
  spend_local,
  cast(null as decimal(18, 4))          as spend_gross_local,
  currency_local,
  is_final,
  raw_ref
from stg_google_ads__ad_daily
where report_date = run_date()
  and removed_reason is null

union all

select
  report_date,
  channel,
  account_id,
  campaign_id,
  cast(null as string)                  as campaign_name,
  ad_group_id,
  ad_group_name,
  cast(null as string)                  as ad_id,
  cast(null as string)                  as ad_name,
  impressions,
  clicks,
  spend_local,
  cast(null as decimal(18, 4))          as spend_gross_local,
  currency_local,
  is_final,
  raw_ref
from stg_apple_search_ads__ad_group_daily
where report_date = run_date()
  and removed_reason is null

union all

-- by keyword, media and device: added up
select
  report_date,
  channel,
  account_id,
  campaign_id,
  max(campaign_name)                            as campaign_name,
  ad_group_id,
  cast(null as string)                          as ad_group_name,
  ad_id,
  cast(null as string)                          as ad_name,
  cast(sum(impressions) as bigint)              as impressions,
  cast(sum(clicks) as bigint)                   as clicks,
  cast(sum(cost_net) as decimal(18, 4))         as spend_local,
  cast(sum(cost_gross) as decimal(18, 4))       as spend_gross_local,
  'KRW'                                         as currency_local,
  count(*) filter (where not is_final) = 0      as is_final,
  min(raw_ref)                                  as raw_ref
from stg_naver_search_ad__ad_daily
where report_date = run_date()
  and removed_reason is null
group by report_date, channel, account_id, campaign_id, ad_group_id, ad_id

union all

-- by platform and ad type: added up
select
  report_date,
  channel,
  account_id,
  campaign_id,
  max(campaign_name)                            as campaign_name,
  cast(null as string)                          as ad_group_id,
  cast(null as string)                          as ad_group_name,
  cast(null as string)                          as ad_id,
  cast(null as string)                          as ad_name,
  cast(sum(impressions) as bigint)              as impressions,
  cast(sum(clicks) as bigint)                   as clicks,
  cast(sum(cost_net) as decimal(18, 4))         as spend_local,
  cast(sum(cost_gross) as decimal(18, 4))       as spend_gross_local,
  'KRW'                                         as currency_local,
  count(*) filter (where not is_final) = 0      as is_final,
  min(raw_ref)                                  as raw_ref
from stg_adison__ad_daily
where report_date = run_date()
  and removed_reason is null
group by report_date, channel, account_id, campaign_id
