-- one row per device, session or event of the day that no user did
with rules as (
  select
    rule_id,
    max(action) as action,
    max(case when setting = 'days' then value end) as days
  from fraud_rule
  where action not in ('off', 'allow')
  group by rule_id
),

emulators as (
  select '%sdk_gphone%' as pattern
  union all select '%emulator%'
  union all select '%simulator%'
  union all select '%android sdk built for%'
  union all select 'generic::%'
  union all select 'generic_x86%'
  union all select '%genymotion%'
  union all select '%bluestacks%'
  union all select '%nox%player%'
),

robots as (
  select '%bot/%' as pattern
  union all select '%spider%'
  union all select '%crawler%'
  union all select '%headlesschrome%'
  union all select '%phantomjs%'
  union all select 'python-%'
  union all select 'curl/%'
  union all select 'okhttp-robot%'
),

machines as (
  select i.user_id as device_key, 'R14' as rule_id, 'the device is an emulator, by its model' as what
  from stg_appsflyer__install as i
  inner join emulators as e
    on lower(i.device_model) like e.pattern
  where i.removed_reason is null
  group by i.user_id

  union all

  select i.user_id, 'R15', 'a program opened the app, by its user agent'
  from stg_appsflyer__install as i
  inner join robots as b
    on lower(i.user_agent) like b.pattern
  where i.removed_reason is null
  group by i.user_id
),

sessions as (
  select
    user_pseudo_key || '|' || session_id                            as subject_key,
    seconds_between(min(event_at), max(event_at))                   as seconds,
    max(report_date)                                                as last_date
  from stg_ga4__event
  where removed_reason is null
    and user_pseudo_key is not null
    and session_id is not null
  group by user_pseudo_key || '|' || session_id
),

-- what AppsFlyer says of an event, on whatever day it says so
verdicts as (
  select
    app_id, appsflyer_id_key, event_name, event_at,
    min(coalesce(blocked_reason, rejected_reason, report)) as what
  from src_appsflyer__other_events
  where bad_field is null
    and report in ('blocked_in_app_events_report', 'fraud-post-inapps')
  group by app_id, appsflyer_id_key, event_name, event_at
),

signals as (
  select 'device' as subject_kind, m.device_key as subject_key, r.rule_id, r.action, cast(1 as decimal(18, 6)) as observed,
    cast(1 as decimal(18, 6)) as threshold, m.what
  from machines as m
  inner join rules as r
    on r.rule_id = m.rule_id

  union all

  select 'session', s.subject_key, r.rule_id, r.action, cast(s.seconds as decimal(18, 6)), r.days * 86400,
    'seconds from the first to the last event of a session'
  from sessions as s
  inner join rules as r
    on r.rule_id = 'R16'
  where s.last_date = run_date()
    and s.seconds > r.days * 86400

  union all

  -- an event has no credit to lose
  select 'event', e.event_id, r.rule_id, case when r.action = 'tag' then 'tag' else 'exclude' end, cast(1 as decimal(18, 6)), cast(1 as decimal(18, 6)), v.what
  from verdicts as v
  inner join stg_appsflyer__event as e
    on e.app_id = v.app_id and e.user_id = v.appsflyer_id_key and e.event_name = v.event_name and e.event_at = v.event_at
  inner join rules as r
    on r.rule_id = 'R21'
  where e.removed_reason is null
)

select
  run_date()                                        as event_date,
  subject_kind                                      as subject_kind,
  subject_key                                       as subject_key,
  rule_id                                           as rule_id,
  action                                            as action,
  observed                                          as observed,
  cast(threshold as decimal(18, 6))                 as threshold,
  what                                              as what
from signals
