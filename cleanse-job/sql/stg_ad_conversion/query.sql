-- one row per channel, account, ad, metric and attribution window of the day
with naver as (
  select
    customer_id, campaign_id, ad_group_id, ad_id, method, conversion, conversions, sales,
    row_number() over (
      partition by customer_id, campaign_id, ad_group_id, keyword_id, ad_id, business_channel_id, media_code, device, method,
        conversion_type
      order by coalesce(conversions, 0) desc, coalesce(sales, 0) desc, raw_ref
    ) as copy_number
  from src_naver_search_ad__conversion
  where report_date = run_date() and bad_field is null
),

google as (
  select
    *,
    row_number() over (
      partition by customer_id, campaign_id, conversion_action order by coalesce(all_conversions, 0) desc, raw_ref
    ) as copy_number
  from src_google_ads__conversion
  where report_date = run_date() and bad_field is null
),

apple as (
  select
    *,
    row_number() over (
      partition by org_id, campaign_id, ad_group_id order by coalesce(total_installs, 0) desc, coalesce(tap_installs, 0) desc, raw_ref
    ) as copy_number
  from src_apple_search_ads__ad_group
  where report_date = run_date() and bad_field is null
),

told as (
  select
    'meta' as channel, account_id, campaign_id, ad_group_id, ad_id, metric, attribution_window, conversions, value_local,
    currency_local
  from stg_meta__action
  where report_date = run_date() and removed_reason is null

  union all

  select
    'google_ads', customer_id, campaign_id, cast(null as string), cast(null as string),
    case conversion_action_category
      when 'PURCHASE' then 'purchase'
      when 'DOWNLOAD' then 'install'
      when 'SIGNUP' then 'sign_up'
      when 'ADD_TO_CART' then 'add_to_cart'
      when 'BEGIN_CHECKOUT' then 'checkout'
      when 'SUBSCRIBE_PAID' then 'subscribe'
      when 'LEAD' then 'lead'
      when 'SUBMIT_LEAD_FORM' then 'lead'
      when 'QUALIFIED_LEAD' then 'lead'
      else 'custom'
    end,
    'default', coalesce(conversions, 0), cast(round(coalesce(conversions_value, 0), 4) as decimal(18, 4)), currency_code
  from google
  where copy_number = 1

  union all

  -- Naver's two windows are apart, so that both together are the default
  select
    'naver_search_ad', n.customer_id, n.campaign_id, n.ad_group_id, n.ad_id,
    case when n.conversion in ('purchase', 'sign_up', 'add_to_cart', 'lead') then n.conversion else 'custom' end,
    case when w.age = 0 then 'default' else n.method end,
    cast(coalesce(n.conversions, 0) as decimal(18, 6)), coalesce(n.sales, 0), 'KRW'
  from naver as n
  inner join ages(1) as w
    on true
  where n.copy_number = 1

  union all

  select
    'apple_search_ads', a.org_id, a.campaign_id, a.ad_group_id, cast(null as string), 'install',
    case w.age when 0 then 'default' when 1 then '30d_tap' else '1d_view' end,
    cast(coalesce(case w.age when 0 then coalesce(a.total_installs, a.tap_installs) when 1 then a.tap_installs else a.view_installs end, 0)
      as decimal(18, 6)),
    cast(0 as decimal(18, 4)), a.currency
  from apple as a
  inner join ages(2) as w
    on true
  where a.copy_number = 1

  union all

  select
    'adison', account_id, campaign_id, cast(null as string), cast(null as string),
    case ad_type when 'CPI' then 'install' else 'completion' end,
    'default', cast(completions as decimal(18, 6)), cast(0 as decimal(18, 4)), 'KRW'
  from stg_adison__ad_daily
  where report_date = run_date() and removed_reason is null
)

select
  run_date()                                        as report_date,
  c.channel                                         as channel,
  c.account_id                                      as account_id,
  c.campaign_id                                     as campaign_id,
  c.ad_group_id                                     as ad_group_id,
  c.ad_id                                           as ad_id,
  c.metric                                          as metric,
  c.attribution_window                              as attribution_window,
  cast(sum(c.conversions) as decimal(18, 6))        as conversions,
  cast(sum(c.value_local) as decimal(18, 4))        as value_local,
  c.currency_local                                  as currency_local,
  cast(case when sum(c.value_local) = 0 then 0 else round(sum(c.value_local) * max(m.rate), 4) end as decimal(18, 4)) as value
from told as c
left join stg_currency_rate as m
  on m.currency = c.currency_local
group by
  c.channel, c.account_id, c.campaign_id, c.ad_group_id, c.ad_id, c.metric, c.attribution_window, c.currency_local
having sum(c.conversions) <> 0 or sum(c.value_local) <> 0
