-- one row per day, account, campaign and report of Meta that is compared with the rows of the ads
with ads as (
  select
    account_id,
    campaign_id,
    sum(impressions) as impressions,
    sum(clicks)      as clicks,
    sum(spend_local) as spend
  from stg_meta__ad_daily
  where report_date = run_date()
    and removed_reason is null
  group by account_id, campaign_id
),

-- by campaign, and as a whole for the report of accounts
truth as (
  select account_id, campaign_id, impressions, clicks, spend
  from ads

  union all

  select account_id, '' as campaign_id, sum(impressions) as impressions, sum(clicks) as clicks, sum(spend) as spend
  from ads
  group by account_id
),

sent as (
  select 'placement' as report, account_id, campaign_id, impressions, inline_link_clicks, spend
  from src_meta__placement
  where report_date = run_date() and bad_field is null

  union all

  select 'adset' as report, account_id, campaign_id, impressions, inline_link_clicks, spend
  from src_meta__adset
  where report_date = run_date() and bad_field is null

  union all

  select 'campaign' as report, account_id, campaign_id, impressions, inline_link_clicks, spend
  from src_meta__campaign
  where report_date = run_date() and bad_field is null

  union all

  select 'account' as report, account_id, '' as campaign_id, impressions, inline_link_clicks, spend
  from src_meta__account
  where report_date = run_date() and bad_field is null
),

-- what is compared: a campaign may be missing on either side
sides as (
  select
    report,
    account_id,
    campaign_id,
    coalesce(impressions, 0)        as impressions,
    coalesce(inline_link_clicks, 0) as clicks,
    coalesce(spend, 0)              as spend,
    0                               as ad_impressions,
    0                               as ad_clicks,
    0                               as ad_spend
  from sent

  union all

  select
    r.report,
    t.account_id,
    t.campaign_id,
    0                               as impressions,
    0                               as clicks,
    0                               as spend,
    t.impressions                   as ad_impressions,
    t.clicks                        as ad_clicks,
    t.spend                         as ad_spend
  from (select distinct report, account_id from sent) as r
  join truth as t
    on t.account_id = r.account_id
    and (t.campaign_id = '') = (r.report = 'account')
)

select
  run_date()                                              as report_date,
  report                                                  as report,
  account_id                                              as account_id,
  case when campaign_id <> '' then campaign_id end        as campaign_id,
  cast(sum(impressions) as bigint)                        as impressions,
  cast(sum(ad_impressions) as bigint)                     as ad_impressions,
  cast(sum(clicks) as bigint)                             as clicks,
  cast(sum(ad_clicks) as bigint)                          as ad_clicks,
  cast(sum(spend) as decimal(18, 4))                      as spend_local,
  cast(sum(ad_spend) as decimal(18, 4))                   as ad_spend_local,
  cast(sum(spend) - sum(ad_spend) as decimal(18, 4))      as spend_difference
from sides
group by report, account_id, campaign_id
