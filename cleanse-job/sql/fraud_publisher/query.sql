-- one row per publisher and rule that speaks against it, over four weeks until the day
with rules as (
  select
    rule_id,
    max(action)                                                     as action,
    max(case when of_self_attributing then 1 else 0 end)            as of_self_attributing,
    max(case when setting = 'publisher_installs' then value end)    as publisher_installs,
    max(case when setting = 'publisher_share' then value end)       as publisher_share,
    max(case when setting = 'publisher_clicks' then value end)      as publisher_clicks,
    max(case when setting = 'tag_seconds' then value end)           as tag_seconds,
    max(case when setting = 'first_hour_share' then value end)      as first_hour_share,
    max(case when setting = 'after_day_share' then value end)       as after_day_share,
    max(case when setting = 'robust_z' then value end)              as robust_z,
    max(case when setting = 'times_others' then value end)          as times_others,
    max(case when setting = 'tag_deviations' then value end)        as tag_deviations,
    max(case when setting = 'drop_deviations' then value end)       as drop_deviations,
    max(case when setting = 'drop_installs' then value end)         as drop_installs,
    max(case when setting = 'advertising_ids' then value end)       as advertising_ids,
    max(case when setting = 'times_organic' then value end)         as times_organic,
    max(case when setting = 'devices' then value end)               as devices,
    max(case when setting = 'share' then value end)                 as share,
    max(case when setting = 'android_version' then value end)       as android_version,
    max(case when setting = 'ios_version' then value end)           as ios_version
  from fraud_rule
  where action not in ('off', 'allow')
  group by rule_id
),

installs as (
  select
    report_date,
    app_id,
    media_source,
    site_id,
    user_id,
    network_key,
    device_model,
    os_version,
    platform,
    link_advertising_key                                            as advertising_key,
    case when touch_type = 'click' then seconds_between(touched_at, installed_at) end as seconds_to_install,
    case when limits_ad_tracking then 1 else 0 end                  as limited,
    try_cast(substring(os_version, 1, position('.' in os_version || '.') - 1) as int) as os_major,
    coalesce(device_model, '') || '|' || coalesce(os_version, '') || '|' || coalesce(language, '') || '|'
      || coalesce(carrier, '') || '|' || coalesce(cast(on_wifi as string), '') as attributes,
    case when self_attributing then 1 else 0 end                    as of_itself
  from stg_appsflyer__install
  where removed_reason is null
),

-- devices that look alike and come from one network on one day, each never seen before
first_seen as (
  select
    *,
    min(report_date) over (partition by advertising_key) as first_date
  from installs
),

farms as (
  select f.report_date, f.network_key, f.device_model, f.os_version
  from first_seen as f
  cross join (select advertising_ids from rules where rule_id = 'R09') as r
  where f.advertising_key is not null
    and f.network_key is not null
    and f.device_model is not null
    and f.report_date = f.first_date
  group by f.report_date, f.network_key, f.device_model, f.os_version, r.advertising_ids
  having count(distinct f.advertising_key) >= r.advertising_ids
),

network_days as (
  select report_date, network_key, count(distinct user_id) as devices
  from installs
  where network_key is not null
  group by report_date, network_key
),

crowded as (
  select n.report_date, n.network_key
  from network_days as n
  inner join (
    select report_date, percentile_cont(0.999) within group (order by devices) as high
    from network_days
    group by report_date
  ) as h
    on h.report_date = n.report_date
  cross join (select devices from rules where rule_id = 'R11') as r
  where n.devices >= r.devices
    and cast(n.devices as double) >= h.high
),

marked as (
  select
    i.*,
    case when f.network_key is null then 0 else 1 end               as of_farm,
    case when c.network_key is null then 0 else 1 end               as of_crowd,
    case
      when i.os_major < case when i.platform = 'ios' then r.ios_version else r.android_version end then 1
      else 0
    end                                                             as old_system
  from installs as i
  left join farms as f -- most devices are people's
    on f.report_date = i.report_date
    and f.network_key = i.network_key
    and f.device_model = i.device_model
    and f.os_version is not distinct from i.os_version
  left join crowded as c
    on c.report_date = i.report_date and c.network_key = i.network_key
  cross join (
    select max(case when rule_id = 'R12' then ios_version end) as ios_version,
      max(case when rule_id = 'R12' then android_version end) as android_version
    from rules
  ) as r
),

alike as (
  select app_id, media_source, site_id, max(times) as alike
  from (
    select app_id, media_source, site_id, attributes, count(*) as times
    from installs
    where site_id is not null and device_model is not null
    group by app_id, media_source, site_id, attributes
  ) as combinations
  group by app_id, media_source, site_id
),

publishers as (
  select
    m.app_id,
    m.media_source,
    m.site_id,
    max(m.of_itself)                                                as of_itself,
    count(*)                                                        as installs,
    count(m.seconds_to_install)                                     as clicked,
    sum(case when m.seconds_to_install < r.tag_seconds then 1 else 0 end) as fast,
    sum(case when m.seconds_to_install <= 3600 then 1 else 0 end)   as first_hour,
    sum(case when m.seconds_to_install > 86400 then 1 else 0 end)   as after_day,
    cast(floor(cast(sum(m.seconds_to_install) as double) / nullif(cast(count(m.seconds_to_install) as double), 0)) as bigint)
      as mean_seconds,
    sum(m.limited)                                                  as limited,
    sum(m.old_system)                                               as old_systems,
    sum(m.of_farm)                                                  as of_farms,
    sum(m.of_crowd)                                                 as of_crowds
  from marked as m
  cross join (select max(case when rule_id = 'R01' then tag_seconds end) as tag_seconds from rules) as r
  where m.site_id is not null
    and m.media_source <> 'organic'
  group by m.app_id, m.media_source, m.site_id
),

organic as (
  select
    app_id,
    count(*)                                                        as installs,
    sum(limited)                                                    as limited,
    sum(old_system)                                                 as old_systems
  from marked
  where media_source = 'organic'
  group by app_id
),

-- each publisher beside the others of its network
means as (
  select
    app_id,
    media_source,
    count(*)                                                        as publishers,
    cast(sum(mean_seconds) as decimal(38, 0))                       as total,
    cast(sum(mean_seconds * mean_seconds) as decimal(38, 0))        as squares
  from publishers
  where clicked >= (select max(publisher_installs) from rules where rule_id = 'R05')
  group by app_id, media_source
),

beside as (
  select
    p.app_id,
    p.media_source,
    p.site_id,
    p.clicked,
    cast(p.mean_seconds as double)                                  as mean_seconds,
    cast(m.total - p.mean_seconds as double) / cast(m.publishers - 1 as double) as others_mean,
    sqrt(greatest(
      cast(m.squares - p.mean_seconds * p.mean_seconds as double) / cast(m.publishers - 1 as double)
        - cast(m.total - p.mean_seconds as double) / cast(m.publishers - 1 as double)
          * (cast(m.total - p.mean_seconds as double) / cast(m.publishers - 1 as double)),
      cast(0 as double)))                                           as others_deviation
  from publishers as p
  inner join means as m
    on m.app_id = p.app_id and m.media_source = p.media_source
  where m.publishers >= 5
    and p.clicked >= (select max(publisher_installs) from rules where rule_id = 'R05')
),

clicks as (
  select app_id, media_source, site_id, count(*) as clicks
  from src_file__clicks
  where bad_field is null and site_id is not null
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
    x.app_id, x.media_source, x.site_id, r.rule_id, r.action, cast(0 as bigint),
    0.6745 * (x.log_ratio - s.middle) / s.spread,
    cast(r.robust_z as double),
    'robust deviation of clicks per install from other publishers'
  from ratios as x
  inner join spreads as s
    on s.app_id = x.app_id and s.spread > 0
  inner join rules as r
    on r.rule_id = 'R04' and x.of_itself <= r.of_self_attributing
  where 0.6745 * (x.log_ratio - s.middle) / s.spread >= cast(r.robust_z as double)
    -- where others are all alike, far from them is still near
    and x.log_ratio - s.middle >= ln(cast(r.times_others as double))

  union all

  select
    b.app_id, b.media_source, b.site_id, r.rule_id,
    case
      when abs(b.mean_seconds - b.others_mean) >= cast(r.drop_deviations as double) * b.others_deviation
        and b.clicked >= r.drop_installs and r.action <> 'tag' then r.action
      else 'tag'
    end,
    b.clicked,
    abs(b.mean_seconds - b.others_mean) / b.others_deviation,
    cast(r.tag_deviations as double),
    'deviations of the mean time to install from the network''s other publishers'
  from beside as b
  inner join rules as r
    on r.rule_id = 'R05'
  where b.others_deviation > 0
    and abs(b.mean_seconds - b.others_mean) >= cast(r.tag_deviations as double) * b.others_deviation
    and greatest(b.mean_seconds, b.others_mean) >= cast(r.times_others as double) * least(b.mean_seconds, b.others_mean)

  union all

  select
    p.app_id, p.media_source, p.site_id, r.rule_id, r.action, p.installs,
    cast(case r.rule_id when 'R09' then p.of_farms else p.of_crowds end as double) / cast(p.installs as double),
    cast(r.publisher_share as double),
    case r.rule_id
      when 'R09' then 'share of installs from networks with many new devices of one model'
      else 'share of installs from crowded networks'
    end
  from publishers as p
  inner join rules as r
    on r.rule_id in ('R09', 'R11') and p.of_itself <= r.of_self_attributing
  where cast(case r.rule_id when 'R09' then p.of_farms else p.of_crowds end as double)
    > cast(r.publisher_share as double) * cast(p.installs as double)

  union all

  select
    p.app_id, p.media_source, p.site_id, r.rule_id, r.action, p.installs,
    cast(case r.rule_id when 'R10' then p.limited else p.old_systems end as double) / cast(p.installs as double),
    cast(r.times_organic as double)
      * cast(case r.rule_id when 'R10' then o.limited else o.old_systems end as double) / cast(o.installs as double),
    case r.rule_id
      when 'R10' then 'share of installs that limit ad tracking, beside the organic share'
      else 'share of installs on old systems, beside the organic share'
    end
  from publishers as p
  inner join organic as o
    on o.app_id = p.app_id
  inner join rules as r
    on r.rule_id in ('R10', 'R12') and p.of_itself <= r.of_self_attributing
  where p.installs >= r.publisher_installs
    and o.installs >= r.publisher_installs
    and cast(case r.rule_id when 'R10' then p.limited else p.old_systems end as double) * cast(o.installs as double)
      > cast(r.times_organic as double) * cast(case r.rule_id when 'R10' then o.limited else o.old_systems end as double)
        * cast(p.installs as double)

  union all

  select
    p.app_id, p.media_source, p.site_id, r.rule_id, r.action, p.installs,
    cast(a.alike as double) / cast(p.installs as double),
    cast(r.share as double),
    'share of installs with one and the same set of attributes'
  from publishers as p
  inner join alike as a
    on a.app_id = p.app_id and a.media_source = p.media_source and a.site_id = p.site_id
  inner join rules as r
    on r.rule_id = 'R13' and p.of_itself <= r.of_self_attributing
  where p.installs >= r.publisher_installs
    and cast(a.alike as double) > cast(r.share as double) * cast(p.installs as double)
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
