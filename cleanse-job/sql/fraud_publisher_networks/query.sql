-- one row per publisher and rule on the networks its installs come from that speaks against it, over four weeks until the day
with rules as (
  select
    rule_id,
    max(action) as action,
    max(case when of_self_attributing then 1 else 0 end) as of_self_attributing,
    max(case when setting = 'publisher_share' then value end) as publisher_share,
    max(case when setting = 'advertising_ids' then value end) as advertising_ids,
    max(case when setting = 'devices' then value end) as devices
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
    link_advertising_key as advertising_key,
    case when self_attributing then 1 else 0 end as of_itself
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

publishers as (
  select
    i.app_id,
    i.media_source,
    i.site_id,
    max(i.of_itself) as of_itself,
    count(*) as installs,
    count(f.network_key) as of_farms,
    count(c.network_key) as of_crowds
  from installs as i
  left join farms as f -- most devices are people's
    on f.report_date = i.report_date
    and f.network_key = i.network_key
    and f.device_model = i.device_model
    and f.os_version is not distinct from i.os_version
  left join crowded as c
    on c.report_date = i.report_date and c.network_key = i.network_key
  where i.site_id is not null
    and i.media_source <> 'organic'
  group by i.app_id, i.media_source, i.site_id
),

signals as (
  select
    p.app_id, p.media_source, p.site_id, r.rule_id, r.action, p.installs as cases,
    cast(p.of_farms as double) / cast(p.installs as double) as observed,
    cast(r.publisher_share as double) as threshold,
    'share of installs from networks with many new devices of one model' as what
  from publishers as p
  inner join rules as r
    on r.rule_id = 'R09' and p.of_itself <= r.of_self_attributing
  where cast(p.of_farms as double) > cast(r.publisher_share as double) * cast(p.installs as double)

  union all

  select
    p.app_id, p.media_source, p.site_id, r.rule_id, r.action, p.installs,
    cast(p.of_crowds as double) / cast(p.installs as double),
    cast(r.publisher_share as double),
    'share of installs from crowded networks'
  from publishers as p
  inner join rules as r
    on r.rule_id = 'R11' and p.of_itself <= r.of_self_attributing
  where cast(p.of_crowds as double) > cast(r.publisher_share as double) * cast(p.installs as double)
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
