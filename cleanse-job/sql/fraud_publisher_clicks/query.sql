-- one row per publisher whose clicks per install are unlike all others', over four weeks until the day
with rules as (
  select
    rule_id,
    max(action) as action,
    max(case when of_self_attributing then 1 else 0 end) as of_self_attributing,
    max(case when setting = 'publisher_clicks' then value end) as publisher_clicks,
    max(case when setting = 'robust_z' then value end) as robust_z,
    max(case when setting = 'times_others' then value end) as times_others
  from fraud_rule
  where action not in ('off', 'allow')
  group by rule_id
),

clicks as (
  select app_id, media_source, site_id, count(*) as clicks
  from src_file__clicks
  where bad_field is null and site_id is not null
  group by app_id, media_source, site_id
),

publishers as (
  select
    app_id,
    media_source,
    site_id,
    count(*) as installs,
    max(case when self_attributing then 1 else 0 end) as of_itself
  from stg_appsflyer__install
  where removed_reason is null
    and site_id is not null
    and media_source <> 'organic'
  group by app_id, media_source, site_id
),

ratios as (
  select
    c.app_id,
    c.media_source,
    c.site_id,
    ln(cast(c.clicks as double) / cast(greatest(coalesce(p.installs, 0), 1) as double)) as log_ratio,
    coalesce(p.of_itself, 0)                                        as of_itself
  from clicks as c
  left join publishers as p -- many clicks and no install at all
    on p.app_id = c.app_id and p.media_source = c.media_source and p.site_id = c.site_id
  where c.clicks >= (select max(publisher_clicks) from rules where rule_id = 'R04')
),

medians as (
  select app_id, percentile_cont(0.5) within group (order by log_ratio) as middle
  from ratios
  group by app_id
),

spreads as (
  select r.app_id, m.middle, percentile_cont(0.5) within group (order by abs(r.log_ratio - m.middle)) as spread
  from ratios as r
  inner join medians as m
    on m.app_id = r.app_id
  group by r.app_id, m.middle
),

signals as (
  select
    x.app_id, x.media_source, x.site_id, r.rule_id, r.action, cast(0 as bigint) as cases,
    0.6745 * (x.log_ratio - s.middle) / s.spread as observed,
    cast(r.robust_z as double) as threshold,
    'robust deviation of clicks per install from other publishers' as what
  from ratios as x
  inner join spreads as s
    on s.app_id = x.app_id and s.spread > 0
  inner join rules as r
    on r.rule_id = 'R04' and x.of_itself <= r.of_self_attributing
  where 0.6745 * (x.log_ratio - s.middle) / s.spread >= cast(r.robust_z as double)
    -- where others are all alike, far from them is still near
    and x.log_ratio - s.middle >= ln(cast(r.times_others as double))
)

select
  run_date()                                        as as_of_date,
  app_id                                            as app_id,
  media_source                                      as media_source,
  site_id                                           as site_id,
  rule_id                                           as rule_id,
  action                                            as action,
  cases                                             as cases,
  cast(round(observed, 4) as decimal(18, 6))        as observed,
  cast(round(threshold, 4) as decimal(18, 6))       as threshold,
  what                                              as what
from signals
