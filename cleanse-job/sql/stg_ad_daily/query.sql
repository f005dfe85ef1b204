-- one row per day, channel, account and ad (of Apple, ad group, of Adison, campaign), and one per campaign for what it did beside these
with parts as (
  select
    channel,
    account_id,
    campaign_id,
    sum(impressions) as impressions,
    sum(clicks)      as clicks,
    sum(spend_local) as spend_local
  from stg_ad_lowest
  where report_date = run_date()
  group by channel, account_id, campaign_id
),

beside as (
  select
    w.report_date,
    w.channel,
    w.account_id,
    w.campaign_id,
    w.campaign_name,
    greatest(w.impressions - coalesce(p.impressions, 0), 0) as impressions,
    greatest(w.clicks - coalesce(p.clicks, 0), 0)           as clicks,
    greatest(w.spend_local - coalesce(p.spend_local, 0), 0) as spend_local,
    w.currency_local,
    w.is_final,
    w.raw_ref
  from stg_ad_campaign as w
  left join parts as p -- Performance Max has no ads
    on p.channel = w.channel
    and p.account_id = w.account_id
    and p.campaign_id = w.campaign_id
  where w.report_date = run_date()
),

all_ads as (
  select
    f.report_date                                        as report_date,
    f.channel                                            as channel,
    f.account_id                                         as account_id,
    f.campaign_id                                        as campaign_id,
    coalesce(f.campaign_name, w.campaign_name)           as campaign_name,
    f.ad_group_id                                        as ad_group_id,
    f.ad_group_name                                      as ad_group_name,
    f.ad_id                                              as ad_id,
    f.ad_name                                            as ad_name,
    f.impressions                                        as impressions,
    f.clicks                                             as clicks,
    f.spend_local                                        as spend_local,
    f.spend_gross_local                                  as spend_gross_local,
    f.currency_local                                     as currency_local,
    f.is_final                                           as is_final,
    f.raw_ref                                            as raw_ref
  from stg_ad_lowest as f
  left join stg_ad_campaign as w -- Meta has no report of campaigns
    on w.report_date = f.report_date
    and w.channel = f.channel
    and w.account_id = f.account_id
    and w.campaign_id = f.campaign_id
    and w.currency_local = f.currency_local
  where f.report_date = run_date()

  union all

  select
    report_date                                          as report_date,
    channel                                              as channel,
    account_id                                           as account_id,
    campaign_id                                          as campaign_id,
    campaign_name                                        as campaign_name,
    cast(null as string)                                 as ad_group_id,
    cast(null as string)                                 as ad_group_name,
    cast(null as string)                                 as ad_id,
    cast(null as string)                                 as ad_name,
    cast(impressions as bigint)                          as impressions,
    cast(clicks as bigint)                               as clicks,
    cast(spend_local as decimal(18, 4))                  as spend_local,
    cast(null as decimal(18, 4))                         as spend_gross_local,
    currency_local                                       as currency_local,
    is_final                                             as is_final,
    raw_ref                                              as raw_ref
  from beside
  where impressions > 0
    or clicks > 0
    or spend_local > 0
)

select
  a.report_date                                     as report_date,
  a.channel                                         as channel,
  a.account_id                                      as account_id,
  a.campaign_id                                     as campaign_id,
  a.campaign_name                                   as campaign_name,
  a.ad_group_id                                     as ad_group_id,
  a.ad_group_name                                   as ad_group_name,
  a.ad_id                                           as ad_id,
  a.ad_name                                         as ad_name,
  a.impressions                                     as impressions,
  a.clicks                                          as clicks,
  a.spend_local                                     as spend_local,
  a.spend_gross_local                               as spend_gross_local,
  a.currency_local                                  as currency_local,
  cast(
    case
      when a.currency_local = param_reporting_currency() or a.spend_local = 0 then a.spend_local
      else round(a.spend_local * m.rate, 4)
    end as decimal(18, 4)
  )                                                 as spend,
  m.rate_date                                       as rate_date,
  a.is_final                                        as is_final,
  a.raw_ref                                         as raw_ref
from all_ads as a
left join stg_currency_rate as m -- an account may have a currency that nobody gives a rate for
  on m.currency = a.currency_local
