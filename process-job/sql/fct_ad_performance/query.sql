-- one row per day, channel, account and ad
select
  report_date                                       as report_date,
  channel                                           as channel,
  account_id                                        as account_id,
  campaign_id                                       as campaign_id,
  ad_group_id                                       as ad_group_id,
  ad_id                                             as ad_id,
  impressions                                       as impressions,
  clicks                                            as clicks,
  spend                                             as spend,
  spend_local                                       as spend_local,
  currency_local                                    as currency_local,
  is_final                                          as is_final
from stg_ad_daily
where report_date = run_date()
