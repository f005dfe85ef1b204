-- one row per channel, account, campaign and two levels of its reports
with google_ads as (
  select account_id, campaign_id, sum(impressions) as impressions, sum(clicks) as clicks, sum(spend_local) as spend_local
  from stg_google_ads__ad_daily
  where report_date = run_date() and removed_reason is null
  group by account_id, campaign_id
),

apple_groups as (
  select account_id, campaign_id, sum(impressions) as impressions, sum(clicks) as clicks, sum(spend_local) as spend_local
  from stg_apple_search_ads__ad_group_daily
  where report_date = run_date() and removed_reason is null
  group by account_id, campaign_id
),

apple_campaigns as (
  select account_id, campaign_id, currency_local, sum(impressions) as impressions, sum(clicks) as clicks, sum(spend_local) as spend_local
  from stg_apple_search_ads__campaign_daily
  where report_date = run_date() and removed_reason is null
  group by account_id, campaign_id, currency_local
),

-- of campaigns that have any: what comes by other ways than a keyword has no row to compare
keywords as (
  select channel, account_id, campaign_id, sum(impressions) as impressions, sum(clicks) as clicks, sum(spend_local) as spend_local
  from stg_ad_keyword
  where report_date = run_date() and keyword_id is not null
  group by channel, account_id, campaign_id
),

ad_groups as (
  select channel, account_id, campaign_id, sum(impressions) as impressions, sum(clicks) as clicks, sum(spend_local) as spend_local
  from stg_ad_lowest
  where report_date = run_date() and ad_group_id is not null
  group by channel, account_id, campaign_id
),

compared as (
  select
    'meta'                                                  as channel,
    account_id,
    campaign_id,
    report                                                  as upper_level,
    'ad'                                                    as lower_level,
    cast(impressions as bigint)                             as upper_impressions,
    cast(ad_impressions as bigint)                          as lower_impressions,
    cast(clicks as bigint)                                  as upper_clicks,
    cast(ad_clicks as bigint)                               as lower_clicks,
    spend_local                                             as upper_spend,
    ad_spend_local                                          as lower_spend,
    case when report = 'placement' then 'withheld_in_breakdown' end as known_reason
  from stg_meta__level_difference
  where report_date = run_date()

  union all

  select
    'google_ads', c.account_id, c.campaign_id, 'campaign', 'ad', c.impressions, cast(coalesce(a.impressions, 0) as bigint), c.clicks,
    cast(coalesce(a.clicks, 0) as bigint), c.spend_local, cast(coalesce(a.spend_local, 0) as decimal(18, 4)),
    case when a.campaign_id is null then 'no_ads_reported' end
  from stg_google_ads__campaign_daily as c
  left join google_ads as a -- Performance Max has no ads
    on a.account_id = c.account_id and a.campaign_id = c.campaign_id
  where c.report_date = run_date() and c.removed_reason is null

  union all

  select
    'apple_search_ads', c.account_id, c.campaign_id, 'campaign', 'ad_group', cast(c.impressions as bigint), cast(coalesce(g.impressions, 0) as bigint),
    cast(c.clicks as bigint), cast(coalesce(g.clicks, 0) as bigint), cast(c.spend_local as decimal(18, 4)),
    cast(coalesce(g.spend_local, 0) as decimal(18, 4)), 'not_itemised'
  from apple_campaigns as c
  left join apple_groups as g -- what Apple does not itemise may be all there is
    on g.account_id = c.account_id and g.campaign_id = c.campaign_id

  union all

  select
    k.channel, k.account_id, k.campaign_id, 'ad_group', 'keyword', cast(coalesce(g.impressions, 0) as bigint), cast(k.impressions as bigint),
    cast(coalesce(g.clicks, 0) as bigint), cast(k.clicks as bigint), cast(coalesce(g.spend_local, 0) as decimal(18, 4)),
    cast(k.spend_local as decimal(18, 4)), 'not_itemised'
  from keywords as k
  inner join ad_groups as g -- a site may read keywords without ads: then there is nothing to compare
    on g.channel = k.channel and g.account_id = k.account_id and g.campaign_id = k.campaign_id
)

select
  run_date()                                                as report_date,
  channel                                                   as channel,
  account_id                                                as account_id,
  campaign_id                                               as campaign_id,
  upper_level                                               as upper_level,
  lower_level                                               as lower_level,
  upper_impressions                                         as upper_impressions,
  lower_impressions                                         as lower_impressions,
  upper_clicks                                              as upper_clicks,
  lower_clicks                                              as lower_clicks,
  upper_spend                                               as upper_spend,
  lower_spend                                               as lower_spend,
  cast(coalesce(upper_spend, 0) - coalesce(lower_spend, 0) as decimal(18, 4)) as difference,
  case
    when coalesce(upper_spend, 0) = coalesce(lower_spend, 0)
      and coalesce(upper_impressions, 0) = coalesce(lower_impressions, 0)
      and coalesce(upper_clicks, 0) = coalesce(lower_clicks, 0) then 'equal'
    when known_reason = 'withheld_in_breakdown' and coalesce(upper_spend, 0) <= coalesce(lower_spend, 0) then known_reason
    when known_reason <> 'withheld_in_breakdown' and coalesce(upper_spend, 0) >= coalesce(lower_spend, 0) then known_reason
    else 'unexplained'
  end                                                       as reason
from compared
