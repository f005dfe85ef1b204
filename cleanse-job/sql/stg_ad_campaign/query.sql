-- one row per day, channel, account and campaign of channels that report campaigns beside their parts
select
  report_date,
  channel,
  account_id,
  campaign_id,
  campaign_name,
  impressions,
  clicks,
  spend_local,
  currency_local,
  is_final,
  raw_ref
from stg_google_ads__campaign_daily
where report_date = run_date()
  and removed_reason is null

union all

-- by country: added up
select
  report_date,
  channel,
  account_id,
  campaign_id,
  max(campaign_name)                            as campaign_name,
  cast(sum(impressions) as bigint)              as impressions,
  cast(sum(clicks) as bigint)                   as clicks,
  cast(sum(spend_local) as decimal(18, 4))      as spend_local,
  currency_local,
  count(*) filter (where not is_final) = 0      as is_final,
  min(raw_ref)                                  as raw_ref
from stg_apple_search_ads__campaign_daily
where report_date = run_date()
  and removed_reason is null
group by report_date, channel, account_id, campaign_id, currency_local
