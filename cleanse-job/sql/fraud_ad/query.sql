-- one row per campaign of the day and rule that its figures break
with rules as (
  select
    rule_id,
    max(action)                                                     as action,
    max(case when setting = 'times_median' then value end)          as times_median,
    max(case when setting = 'conversions' then value end)           as conversions
  from fraud_rule
  where action not in ('off', 'allow')
  group by rule_id
),

campaigns as (
  select
    report_date, channel, account_id, campaign_id,
    channel || '|' || account_id || '|' || campaign_id              as subject_key,
    sum(impressions)                                                as impressions,
    sum(clicks)                                                     as clicks,
    sum(spend_local)                                                as spend
  from stg_ad_daily
  where campaign_id is not null
  group by report_date, channel, account_id, campaign_id
),

conversions as (
  select
    report_date,
    channel || '|' || account_id || '|' || campaign_id              as subject_key,
    metric,
    sum(conversions)                                                as conversions
  from stg_ad_conversion
  where attribution_window = 'default'
    and campaign_id is not null
    -- channels that count by clicks. Others credit views too, and may have more conversions than clicks
    and channel in ('google_ads', 'naver_search_ad', 'adison')
  group by report_date, channel, account_id, campaign_id, metric
),

rates as (
  select
    c.report_date,
    c.subject_key,
    v.metric,
    c.clicks,
    v.conversions,
    cast(v.conversions as double) / nullif(cast(c.clicks as double), 0) as rate
  from campaigns as c
  inner join conversions as v
    on v.report_date = c.report_date and v.subject_key = c.subject_key
),

-- what a campaign did on the four weeks before, where these are a week at least
usual_rates as (
  select subject_key, metric, percentile_cont(0.5) within group (order by rate) as rate
  from rates
  where report_date < run_date() and rate is not null
  group by subject_key, metric
  having count(*) >= 7
),

usual_spend as (
  select subject_key, percentile_cont(0.5) within group (order by cast(spend as double)) as spend
  from campaigns
  where report_date < run_date() and spend > 0
  group by subject_key
  having count(*) >= 7
),

signals as (
  select
    t.subject_key, r.rule_id, r.action,
    cast(t.conversions as double)                                   as observed,
    cast(t.clicks as double)                                        as threshold,
    'more conversions than clicks, ' || t.metric                    as what
  from rates as t
  inner join rules as r
    on r.rule_id = 'R23'
  where t.report_date = run_date()
    and t.conversions > t.clicks

  union all

  select
    t.subject_key, r.rule_id, r.action, t.rate, cast(r.times_median as double) * u.rate,
    'conversions per click beside the median of four weeks, ' || t.metric
  from rates as t
  inner join usual_rates as u
    on u.subject_key = t.subject_key and u.metric = t.metric
  inner join rules as r
    on r.rule_id = 'R23'
  where t.report_date = run_date()
    and t.conversions <= t.clicks
    and t.conversions >= r.conversions
    and t.rate > cast(r.times_median as double) * u.rate

  union all

  select
    c.subject_key, r.rule_id, r.action, cast(c.spend as double), cast(r.times_median as double) * u.spend,
    'spend beside the median of four weeks'
  from campaigns as c
  inner join usual_spend as u
    on u.subject_key = c.subject_key
  inner join rules as r
    on r.rule_id = 'R25'
  where c.report_date = run_date()
    and cast(c.spend as double) > cast(r.times_median as double) * u.spend

  union all

  select
    c.subject_key, r.rule_id, r.action, cast(c.spend as double), cast(0 as double),
    case when c.spend > 0 then 'spend without delivery' else 'delivery without spend' end
  from campaigns as c
  inner join rules as r
    on r.rule_id = 'R26'
  where c.report_date = run_date()
    and (c.spend > 0) <> (c.impressions > 0)
)

select
  run_date()                                        as report_date,
  subject_key                                       as subject_key,
  rule_id                                           as rule_id,
  max_by(action, what)                              as action,
  cast(round(max_by(observed, what), 4) as decimal(18, 6)) as observed,
  cast(round(max_by(threshold, what), 4) as decimal(18, 6)) as threshold,
  max(what)                                         as what
from signals
group by subject_key, rule_id
