-- one row per day, channel, account and ad
with converted as (
  select
    channel,
    account_id,
    campaign_id,
    ad_group_id,
    ad_id,
    sum(conversions)                                as conversions,
    case when count(*) filter (where value is null) = 0 then sum(value) end as conversions_value
  from stg_ad_conversion
  where report_date = run_date()
    and attribution_window = 'default'
    and ',' || param_conversion_metrics() || ',' like '%,' || metric || ',%'
  group by channel, account_id, campaign_id, ad_group_id, ad_id
),

delivered as (
  select *
  from stg_ad_daily
  where report_date = run_date()
),

-- for what converted on a day without delivery
accounts as (
  select
    channel,
    account_id,
    max(currency_local)                             as currency_local,
    count(*) filter (where not is_final) = 0        as is_final
  from delivered
  group by channel, account_id
)

select
  run_date()                                        as report_date,
  coalesce(d.channel, c.channel)                    as channel,
  coalesce(d.account_id, c.account_id)              as account_id,
  coalesce(d.campaign_id, c.campaign_id)            as campaign_id,
  coalesce(d.ad_group_id, c.ad_group_id)            as ad_group_id,
  coalesce(d.ad_id, c.ad_id)                        as ad_id,
  coalesce(d.impressions, 0)                        as impressions,
  coalesce(d.clicks, 0)                             as clicks,
  case when d.channel is null then cast(0 as decimal(18, 4)) else d.spend end as spend,
  cast(coalesce(d.spend_local, 0) as decimal(18, 4)) as spend_local,
  d.spend_gross_local                               as spend_gross_local,
  coalesce(d.currency_local, a.currency_local)      as currency_local,
  cast(coalesce(c.conversions, 0) as decimal(18, 6)) as conversions,
  cast(case when c.channel is null then 0 else c.conversions_value end as decimal(18, 4)) as conversions_value,
  coalesce(d.is_final, a.is_final, false)           as is_final
from delivered as d
full join converted as c -- most ads convert nothing, and a conversion may come on a day without delivery
  on c.channel = d.channel
  and c.account_id is not distinct from d.account_id
  and c.campaign_id is not distinct from d.campaign_id
  and c.ad_group_id is not distinct from d.ad_group_id
  and c.ad_id is not distinct from d.ad_id
left join accounts as a
  on a.channel = coalesce(d.channel, c.channel)
  and a.account_id = coalesce(d.account_id, c.account_id)
