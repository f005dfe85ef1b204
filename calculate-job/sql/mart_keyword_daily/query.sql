-- one row per report_date, platform, account_id, campaign_id, ad_group_id and keyword_id
with accounts as (
  select channel, account_id, account_name
  from dim_account
  where valid_from <= run_date() and run_date() < valid_to
),

campaigns as (
  select channel, campaign_id, campaign_name
  from dim_campaign
  where valid_from <= run_date() and run_date() < valid_to
),

ad_groups as (
  select channel, ad_group_id, ad_group_name
  from dim_ad_group
  where valid_from <= run_date() and run_date() < valid_to
)

select
  f.report_date                                     as report_date,
  case f.channel when 'meta' then 'facebook_ads' when 'naver_search_ad' then 'naver_ads' else f.channel end as platform,
  f.account_id                                      as account_id,
  coalesce(n.account_name, f.account_id)            as account_name,
  f.campaign_id                                     as campaign_id,
  coalesce(c.campaign_name, f.campaign_id)          as campaign_name,
  f.ad_group_id                                     as ad_group_id,
  coalesce(g.ad_group_name, f.ad_group_id)          as ad_group_name,
  f.keyword_id                                      as keyword_id,
  f.keyword_text                                    as keyword_text,
  f.keyword_match_type                              as keyword_match_type,
  f.clicks                                          as clicks,
  f.impressions                                     as impressions,
  f.spend                                           as spend,
  f.conversions                                     as conversions,
  f.conversions_value                               as conversions_value,
  f.spend_local                                     as spend_local,
  f.spend_gross_local                               as spend_gross_local,
  f.currency_local                                  as currency_local,
  f.is_final                                        as is_final
from fct_ad_keyword_performance as f
left join accounts as n -- only Meta and Google name them
  on n.channel = f.channel and n.account_id = f.account_id
left join campaigns as c -- a site may read keywords without the channel's other reports
  on c.channel = f.channel and c.campaign_id = f.campaign_id
left join ad_groups as g -- Naver names none
  on g.channel = f.channel and g.ad_group_id = f.ad_group_id
where f.report_date = run_date()
