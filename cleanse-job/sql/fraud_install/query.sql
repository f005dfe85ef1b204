-- one row per install of the day and rule that speaks against it
with rules as (
  select
    rule_id,
    max(action)                                                     as action,
    max(case when of_self_attributing then 1 else 0 end)            as of_self_attributing,
    max(case when setting = 'drop_seconds' then value end)          as drop_seconds,
    max(case when setting = 'tag_seconds' then value end)           as tag_seconds,
    max(case when setting = 'late_days' then value end)             as late_days,
    max(case when setting = 'clicks' then value end)                as clicks,
    max(case when setting = 'variation' then value end)             as variation
  from fraud_rule
  where action not in ('off', 'allow')
  group by rule_id
),

installs as (
  select
    *,
    case when touch_type = 'click' then seconds_between(touched_at, installed_at) end as seconds_to_install,
    -- they tell no time of a click, and what they tell is their own word
    case when self_attributing then 1 else 0 end                    as of_itself
  from stg_appsflyer__install
  where report_date = run_date() and removed_reason is null
),

too_soon as (
  select
    i.install_id,
    r.rule_id,
    case when i.seconds_to_install < r.drop_seconds then r.action else 'tag' end as action,
    cast(i.seconds_to_install as decimal(18, 6))                    as observed,
    case when i.seconds_to_install < r.drop_seconds then r.drop_seconds else r.tag_seconds end as threshold,
    'seconds from click to install'                                 as what
  from installs as i
  inner join rules as r
    on r.rule_id = 'R01' and i.of_itself <= r.of_self_attributing
  where i.media_source <> 'organic'
    and i.seconds_to_install < greatest(r.drop_seconds, r.tag_seconds)
),

clicked_while_installing as (
  select
    i.install_id,
    r.rule_id,
    r.action,
    cast(seconds_between(i.install_begin_at, i.touched_at) as decimal(18, 6)) as observed,
    cast(0 as decimal(18, 6))                                       as threshold,
    'seconds from the begin of the installation to the click'       as what
  from installs as i
  inner join rules as r
    on r.rule_id = 'R02' and i.of_itself <= r.of_self_attributing
  where i.touch_type = 'click'
    and i.touched_at > i.install_begin_at
    -- a click long after belongs to another story: the app was opened late
    and seconds_between(i.installed_at, i.touched_at) <= r.late_days * 86400
),

-- clicks of the install's device on the campaign that got the credit, in the day before it
clicks as (
  select
    i.install_id,
    c.clicked_at,
    seconds_between(lag(c.clicked_at) over (partition by i.install_id order by c.clicked_at), c.clicked_at) as gap
  from installs as i
  inner join src_file__clicks as c
    on c.advertising_id_key = i.link_advertising_key
    and c.media_source = i.media_source
    and coalesce(c.campaign_id, '') = coalesce(i.campaign_id, '')
  where c.bad_field is null
    and c.advertising_id_kind = 'id'
    and c.clicked_at <= i.installed_at
    and seconds_between(c.clicked_at, i.installed_at) <= 86400
),

rhythms as (
  select
    install_id,
    count(*)                                                        as clicks,
    count(gap)                                                      as gaps,
    cast(sum(gap) as decimal(38, 0))                                as total,
    cast(sum(gap * gap) as decimal(38, 0))                          as squares
  from clicks
  group by install_id
),

like_a_clock as (
  select
    i.install_id,
    r.rule_id,
    r.action,
    cast(c.clicks as decimal(18, 6))                                as observed,
    r.clicks                                                        as threshold,
    'clicks of the device in equal steps'                           as what
  from rhythms as c
  inner join installs as i
    on i.install_id = c.install_id
  inner join rules as r
    on r.rule_id = 'R07' and i.of_itself <= r.of_self_attributing
  where c.clicks >= r.clicks
    and c.total > 0
    -- the gaps' standard deviation is less than the share of their mean
    and sqrt(cast(c.gaps * c.squares - c.total * c.total as double)) < cast(r.variation as double) * cast(c.total as double)
),

-- what AppsFlyer says of an install, on whatever day it says so
verdicts as (
  select
    app_id,
    appsflyer_id_key,
    installed_at,
    min(coalesce(blocked_reason, rejected_reason, report)) as what
  from src_appsflyer__other_events
  where bad_field is null
    and report in ('detection', 'blocked_installs_report')
  group by app_id, appsflyer_id_key, installed_at
),

signals as (
  select * from too_soon
  union all
  select * from clicked_while_installing
  union all
  select * from like_a_clock
  union all
  select i.install_id, r.rule_id, r.action, cast(1 as decimal(18, 6)), cast(1 as decimal(18, 6)), v.what
  from verdicts as v
  inner join installs as i
    on i.app_id = v.app_id and i.user_id = v.appsflyer_id_key and i.installed_at = v.installed_at
  inner join rules as r
    on r.rule_id = 'R21'
)

select
  run_date()                                        as install_date,
  s.install_id                                      as install_id,
  s.rule_id                                         as rule_id,
  s.action                                          as action,
  i.media_source                                    as media_source,
  i.site_id                                         as site_id,
  s.observed                                        as observed,
  cast(s.threshold as decimal(18, 6))               as threshold,
  s.what                                            as what
from signals as s
inner join installs as i
  on i.install_id = s.install_id
