-- one row per publisher and rule on what its devices are that speaks against it, over four weeks until the day
with rules as (
  select
    rule_id,
    max(action) as action,
    max(case when of_self_attributing then 1 else 0 end) as of_self_attributing,
    max(case when setting = 'publisher_installs' then value end) as publisher_installs,
    max(case when setting = 'times_organic' then value end) as times_organic,
    max(case when setting = 'share' then value end) as share,
    max(case when setting = 'android_version' then value end) as android_version,
    max(case when setting = 'ios_version' then value end) as ios_version
  from fraud_rule
  where action not in ('off', 'allow')
  group by rule_id
),

installs as (
  select
    i.app_id,
    i.media_source,
    i.site_id,
    i.device_model,
    coalesce(i.device_model, '') || '|' || coalesce(i.os_version, '') || '|' || coalesce(i.language, '') || '|'
      || coalesce(i.carrier, '') || '|' || coalesce(cast(i.on_wifi as string), '') as attributes,
    case when i.self_attributing then 1 else 0 end as of_itself,
    case when i.limits_ad_tracking then 1 else 0 end as limited,
    case
      when try_cast(substring(i.os_version, 1, position('.' in i.os_version || '.') - 1) as int)
        < case when i.platform = 'ios' then r.ios_version else r.android_version end then 1
      else 0
    end as old_system
  from stg_appsflyer__install as i
  cross join (select max(ios_version) as ios_version, max(android_version) as android_version from rules where rule_id = 'R12') as r
  where i.removed_reason is null
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
    app_id,
    media_source,
    site_id,
    max(of_itself) as of_itself,
    count(*) as installs,
    sum(limited) as limited,
    sum(old_system) as old_systems
  from installs
  where site_id is not null
    and media_source <> 'organic'
  group by app_id, media_source, site_id
),

organic as (
  select
    app_id,
    count(*) as installs,
    sum(limited) as limited,
    sum(old_system) as old_systems
  from installs
  where media_source = 'organic'
  group by app_id
),

signals as (
  select
    p.app_id, p.media_source, p.site_id, r.rule_id, r.action, p.installs as cases,
    cast(p.limited as double) / cast(p.installs as double) as observed,
    cast(r.times_organic as double) * cast(o.limited as double) / cast(o.installs as double) as threshold,
    'share of installs with limited ad tracking, beside the organic share' as what
  from publishers as p
  inner join organic as o
    on o.app_id = p.app_id
  inner join rules as r
    on r.rule_id = 'R10' and p.of_itself <= r.of_self_attributing
  where p.installs >= r.publisher_installs
    and o.installs >= r.publisher_installs
    and cast(p.limited as double) * cast(o.installs as double)
      > cast(r.times_organic as double) * cast(o.limited as double) * cast(p.installs as double)

  union all

  select
    p.app_id, p.media_source, p.site_id, r.rule_id, r.action, p.installs,
    cast(p.old_systems as double) / cast(p.installs as double),
    cast(r.times_organic as double) * cast(o.old_systems as double) / cast(o.installs as double),
    'share of installs on old systems, beside the organic share'
  from publishers as p
  inner join organic as o
    on o.app_id = p.app_id
  inner join rules as r
    on r.rule_id = 'R12' and p.of_itself <= r.of_self_attributing
  where p.installs >= r.publisher_installs
    and o.installs >= r.publisher_installs
    and cast(p.old_systems as double) * cast(o.installs as double)
      > cast(r.times_organic as double) * cast(o.old_systems as double) * cast(p.installs as double)

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
