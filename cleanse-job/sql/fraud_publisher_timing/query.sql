-- one row per publisher and rule on the time from click to install that speaks against it, over four weeks until the day
with rules as (
  select
    rule_id,
    max(action) as action,
    max(case when of_self_attributing then 1 else 0 end) as of_self_attributing,
    max(case when setting = 'publisher_installs' then value end) as publisher_installs,
    max(case when setting = 'publisher_share' then value end) as publisher_share,
    max(case when setting = 'tag_seconds' then value end) as tag_seconds,
    max(case when setting = 'first_hour_share' then value end) as first_hour_share,
    max(case when setting = 'after_day_share' then value end) as after_day_share,
    max(case when setting = 'times_others' then value end) as times_others,
    max(case when setting = 'tag_deviations' then value end) as tag_deviations,
    max(case when setting = 'drop_deviations' then value end) as drop_deviations,
    max(case when setting = 'drop_installs' then value end) as drop_installs
  from fraud_rule
  where action not in ('off', 'allow')
  group by rule_id
),

installs as (
  select
    app_id,
    media_source,
    site_id,
    case when touch_type = 'click' then seconds_between(touched_at, installed_at) end as seconds_to_install,
    case when self_attributing then 1 else 0 end as of_itself
  from stg_appsflyer__install
  where removed_reason is null
    and site_id is not null
    and media_source <> 'organic'
),

publishers as (
  select
    i.app_id,
    i.media_source,
    i.site_id,
    max(i.of_itself) as of_itself,
    count(i.seconds_to_install) as clicked,
    sum(case when i.seconds_to_install < r.tag_seconds then 1 else 0 end) as fast,
    sum(case when i.seconds_to_install <= 3600 then 1 else 0 end) as first_hour,
    sum(case when i.seconds_to_install > 86400 then 1 else 0 end) as after_day,
    cast(floor(cast(sum(i.seconds_to_install) as double) / nullif(cast(count(i.seconds_to_install) as double), 0)) as bigint)
      as mean_seconds
  from installs as i
  cross join (select max(case when rule_id = 'R01' then tag_seconds end) as tag_seconds from rules) as r
  group by i.app_id, i.media_source, i.site_id
),

-- each publisher beside its network's: a middle and a deviation that a few publishers far off do not move
enough as (
  select app_id, media_source, site_id, clicked, cast(mean_seconds as double) as mean_seconds
  from publishers
  where clicked >= (select max(publisher_installs) from rules where rule_id = 'R05')
),

middles as (
  select
    app_id,
    media_source,
    count(*) as publishers,
    percentile_cont(0.5) within group (order by mean_seconds) as middle
  from enough
  group by app_id, media_source
),

spreads as (
  select
    e.app_id,
    e.media_source,
    m.middle,
    -- of a normal distribution the standard deviation
    cast(1.4826 as double) * percentile_cont(0.5) within group (order by abs(e.mean_seconds - m.middle)) as deviation
  from enough as e
  inner join middles as m
    on m.app_id = e.app_id and m.media_source = e.media_source
  where m.publishers >= 5
  group by e.app_id, e.media_source, m.middle
),

signals as (
  -- each of its installs is judged by itself, so the publisher is only named
  select
    p.app_id, p.media_source, p.site_id, r.rule_id, 'tag' as action, p.clicked as cases,
    cast(p.fast as double) / cast(p.clicked as double)              as observed,
    cast(r.publisher_share as double)                               as threshold,
    'share of installs within seconds of the click'                 as what
  from publishers as p
  inner join rules as r
    on r.rule_id = 'R01' and p.of_itself <= r.of_self_attributing
  where p.clicked >= r.publisher_installs
    and cast(p.fast as double) > cast(r.publisher_share as double) * cast(p.clicked as double)

  union all

  select
    p.app_id, p.media_source, p.site_id, r.rule_id, r.action, p.clicked,
    cast(p.after_day as double) / cast(p.clicked as double),
    cast(r.after_day_share as double),
    'share of installs more than a day after the click, few in the first hour'
  from publishers as p
  inner join rules as r
    on r.rule_id = 'R03' and p.of_itself <= r.of_self_attributing
  where p.clicked >= r.publisher_installs
    and cast(p.first_hour as double) < cast(r.first_hour_share as double) * cast(p.clicked as double)
    and cast(p.after_day as double) > cast(r.after_day_share as double) * cast(p.clicked as double)

  union all

  select
    e.app_id, e.media_source, e.site_id, r.rule_id,
    case
      when abs(e.mean_seconds - s.middle) >= cast(r.drop_deviations as double) * s.deviation
        and e.clicked >= r.drop_installs and r.action <> 'tag' then r.action
      else 'tag'
    end,
    e.clicked,
    abs(e.mean_seconds - s.middle) / s.deviation,
    cast(r.tag_deviations as double),
    'robust deviation of the mean time to install from the network''s publishers'
  from enough as e
  inner join spreads as s
    on s.app_id = e.app_id and s.media_source = e.media_source
  inner join rules as r
    on r.rule_id = 'R05'
  where s.deviation > 0
    and abs(e.mean_seconds - s.middle) >= cast(r.tag_deviations as double) * s.deviation
    -- by chance alone a mean of few times is half or twice another
    and greatest(e.mean_seconds, s.middle) >= cast(r.times_others as double) * least(e.mean_seconds, s.middle)
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
