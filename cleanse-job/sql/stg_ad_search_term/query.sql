-- one row per day, channel, account, campaign, ad group, keyword and what was searched for
with told as (
  select
    channel, account_id, campaign_id, ad_group_id, keyword_id, keyword_text, search_query, search_match_type, impressions, clicks,
    spend_local, cast(null as decimal(18, 4)) as spend_gross_local, conversions, value_local, currency_local, is_final, raw_ref
  from stg_google_ads__search_term_daily
  where report_date = run_date()
    and removed_reason is null

  union all

  select
    channel, account_id, campaign_id, ad_group_id, keyword_id, keyword_text, search_query, search_match_type, impressions, clicks,
    spend_local, cast(null as decimal(18, 4)),
    cast(case when ',' || param_conversion_metrics() || ',' like '%,install,%' then installs else 0 end as decimal(18, 6)),
    cast(0 as decimal(18, 4)), currency_local, is_final, raw_ref
  from stg_apple_search_ads__search_term_daily
  where report_date = run_date()
    and removed_reason is null

  union all

  -- Naver tells neither the keyword nor conversions
  select
    channel, account_id, campaign_id, ad_group_id, cast(null as string), cast(null as string), search_query, search_match_type,
    impressions, clicks, cost_net, cost_gross, cast(0 as decimal(18, 6)), cast(0 as decimal(18, 4)), 'KRW', is_final, raw_ref
  from stg_naver_search_ad__search_term_daily
  where report_date = run_date()
    and removed_reason is null
)

select
  run_date()                                        as report_date,
  channel                                           as channel,
  account_id                                        as account_id,
  campaign_id                                       as campaign_id,
  ad_group_id                                       as ad_group_id,
  keyword_id                                        as keyword_id,
  max(keyword_text)                                 as keyword_text,
  search_query                                      as search_query,
  search_match_type                                 as search_match_type,
  cast(sum(impressions) as bigint)                  as impressions,
  cast(sum(clicks) as bigint)                       as clicks,
  cast(sum(spend_local) as decimal(18, 4))          as spend_local,
  cast(sum(spend_gross_local) as decimal(18, 4))    as spend_gross_local,
  cast(sum(conversions) as decimal(18, 6))          as conversions,
  cast(sum(value_local) as decimal(18, 4))          as value_local,
  currency_local                                    as currency_local,
  count(*) filter (where not is_final) = 0          as is_final,
  min(raw_ref)                                      as raw_ref
from told
group by channel, account_id, campaign_id, ad_group_id, keyword_id, search_query, search_match_type, currency_local
