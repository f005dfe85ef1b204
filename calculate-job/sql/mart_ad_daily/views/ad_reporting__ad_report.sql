-- the columns of dbt_ad_reporting's ad report, in their order
select
  cast('' as char(64))                            as source_relation,
  report_date                                     as date_day,
  platform                                        as platform,
  account_id                                      as account_id,
  account_name                                    as account_name,
  campaign_id                                     as campaign_id,
  campaign_name                                   as campaign_name,
  ad_group_id                                     as ad_group_id,
  ad_group_name                                   as ad_group_name,
  ad_id                                           as ad_id,
  ad_name                                         as ad_name,
  cast(sum(clicks) as bigint)                     as clicks,
  cast(sum(impressions) as bigint)                as impressions,
  cast(sum(spend) as decimal(18, 4))              as spend,
  cast(sum(conversions) as decimal(18, 6))        as conversions,
  cast(sum(conversions_value) as decimal(18, 4))  as conversions_value
from mart_ad_daily
where ad_id is not null
group by report_date, platform, account_id, account_name, campaign_id, campaign_name, ad_group_id, ad_group_name, ad_id, ad_name
