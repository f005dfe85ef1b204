-- one row per day, channel, account, campaign, ad group and keyword
with naver_words as (
  select
    customer_id,
    keyword_id,
    max(keyword_text) as keyword_text
  from src_naver_search_ad__keyword
  where report_date = run_date()
    and bad_field is null
  group by customer_id, keyword_id
),

naver_conversions as (
  select
    *,
    row_number() over (
      partition by customer_id, campaign_id, ad_group_id, keyword_id, ad_id, business_channel_id, media_code, device, method,
        conversion_type
      order by coalesce(conversions, 0) desc, coalesce(sales, 0) desc, raw_ref
    ) as copy_number
  from src_naver_search_ad__conversion
  where report_date = run_date()
    and bad_field is null
),

told as (
  select
    channel, account_id, campaign_id, ad_group_id, keyword_id, keyword_text, keyword_match_type, impressions, clicks,
    spend_local, cast(null as decimal(18, 4)) as spend_gross_local, conversions, value_local, currency_local, is_final, raw_ref
  from stg_google_ads__keyword_daily
  where report_date = run_date()
    and removed_reason is null

  union all

  select
    channel, account_id, campaign_id, ad_group_id, keyword_id, keyword_text, keyword_match_type, impressions, clicks,
    spend_local, cast(null as decimal(18, 4)),
    cast(case when ',' || param_conversion_metrics() || ',' like '%,install,%' then installs else 0 end as decimal(18, 6)),
    cast(0 as decimal(18, 4)), currency_local, is_final, raw_ref
  from stg_apple_search_ads__keyword_daily
  where report_date = run_date()
    and removed_reason is null

  union all

  select
    n.channel, n.account_id, n.campaign_id, n.ad_group_id, n.keyword_id, w.keyword_text, cast(null as string), n.impressions, n.clicks,
    n.cost_net, n.cost_gross, cast(0 as decimal(18, 6)), cast(0 as decimal(18, 4)), 'KRW', n.is_final, n.raw_ref
  from stg_naver_search_ad__ad_daily as n
  left join naver_words as w -- expanded search has no keyword, and a site may not ask for the words
    on w.customer_id = n.account_id
    and w.keyword_id = n.keyword_id
  where n.report_date = run_date()
    and n.removed_reason is null

  union all

  -- a keyword may convert on a day without delivery
  select
    'naver_search_ad', c.customer_id, c.campaign_id, c.ad_group_id, c.keyword_id, w.keyword_text, cast(null as string),
    cast(0 as bigint), cast(0 as bigint), cast(0 as decimal(18, 4)), cast(0 as decimal(18, 4)),
    cast(coalesce(c.conversions, 0) as decimal(18, 6)), coalesce(c.sales, 0), 'KRW', coalesce(c.is_final, false), c.raw_ref
  from naver_conversions as c
  left join naver_words as w
    on w.customer_id = c.customer_id
    and w.keyword_id = c.keyword_id
  where c.copy_number = 1
    and ',' || param_conversion_metrics() || ',' like '%,'
      || case when c.conversion in ('purchase', 'sign_up', 'add_to_cart', 'lead') then c.conversion else 'custom' end || ',%'
)

select
  run_date()                                        as report_date,
  channel                                           as channel,
  account_id                                        as account_id,
  campaign_id                                       as campaign_id,
  ad_group_id                                       as ad_group_id,
  keyword_id                                        as keyword_id,
  max(keyword_text)                                 as keyword_text,
  max(keyword_match_type)                           as keyword_match_type,
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
group by channel, account_id, campaign_id, ad_group_id, keyword_id, currency_local
