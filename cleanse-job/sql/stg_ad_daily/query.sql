-- one row per day, channel, account and ad
select
  report_date                           as report_date,
  channel                               as channel,
  account_id                            as account_id,
  campaign_id                           as campaign_id,
  campaign_name                         as campaign_name,
  ad_group_id                           as ad_group_id,
  ad_group_name                         as ad_group_name,
  ad_id                                 as ad_id,
  ad_name                               as ad_name,
  impressions                           as impressions,
  clicks                                as clicks,
  spend_local                           as spend_local,
  currency_local                        as currency_local,
  is_final                              as is_final,
  raw_ref                               as raw_ref
from stg_meta__ad_daily
where report_date = run_date()
  and removed_reason is null
