-- one row per person, device, session, address or event of the day and rule that speaks against it
with rules as (
  select
    rule_id,
    max(action)                                                     as action,
    max(case when setting = 'device_clicks' then value end)         as device_clicks,
    max(case when setting = 'address_clicks' then value end)        as address_clicks,
    max(case when setting = 'percentile' then value end)            as percentile,
    max(case when setting = 'days' then value end)                  as days,
    max(case when setting = 'user_completions' then value end)      as user_completions,
    max(case when setting = 'address_completions' then value end)   as address_completions
  from fraud_rule
  where action not in ('off', 'allow')
  group by rule_id
),

clicks as (
  select 'advertising' as subject_kind, advertising_id_key as subject_key, count(*) as clicks
  from src_file__clicks
  where bad_field is null and advertising_id_kind = 'id'
  group by advertising_id_key

  union all

  select 'address', address_key, count(*)
  from src_file__clicks
  where bad_field is null and address_key is not null
  group by address_key
),

-- the few that click most: of a thousand one, and one at least
ranked as (
  select
    *,
    rank() over (partition by subject_kind order by clicks desc)    as nth,
    count(*) over (partition by subject_kind)                       as subjects
  from clicks
),

-- who is listed by an address or a number that the app or the CRM knows
listed_users as (
  select value_key as user_key
  from stg_test_user
  where kind in ('user_id', 'email')

  union

  select m.link_user_key
  from stg_mixpanel__event as m
  inner join stg_test_user as t
    on t.kind = 'email' and t.value_key = m.email_key
  where m.removed_reason is null

  union

  select m.link_user_key
  from stg_mixpanel__event as m
  inner join stg_test_user as t
    on t.kind = 'phone' and t.value_key = m.phone_key
  where m.removed_reason is null

  union

  select c.user_id_key
  from src_crm__customer as c
  inner join stg_test_user as t
    on t.kind = 'email' and t.value_key = c.email_key
  where c.bad_field is null

  union

  select c.user_id_key
  from src_crm__customer as c
  inner join stg_test_user as t
    on t.kind = 'phone' and t.value_key = c.phone_key
  where c.bad_field is null
),

-- a person has the name of a user id: this one, or the one that it was linked to when it was seen
listed_persons as (
  select user_key as person_id
  from listed_users

  union

  select c.cluster_id
  from listed_users as l
  inner join identity_cluster as c
    on c.node_kind = 'user' and c.node_key = l.user_key
),

testers as (
  select 'person' as subject_kind, p.person_id as subject_key
  from listed_persons as p
  inner join (select distinct cluster_id from identity_cluster where as_of_date = run_date()) as c
    on c.cluster_id = p.person_id

  union

  select k.subject_kind, t.value_key
  from stg_test_user as t
  cross join (select 'device' as subject_kind union all select 'advertising') as k
  where t.kind in ('device_id', 'appsflyer_id')
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

completions as (
  select 'user' as subject_kind, user_id_key as subject_key, count(*) as completions
  from stg_file__completion
  where removed_reason is null
  group by user_id_key

  union all

  select 'address', address_key, count(*)
  from stg_file__completion
  where removed_reason is null and address_key is not null
  group by address_key
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
  select
    c.subject_kind, c.subject_key, r.rule_id, r.action, cast(c.clicks as decimal(18, 6)) as observed,
    case c.subject_kind when 'address' then r.address_clicks else r.device_clicks end as threshold,
    'clicks of the day' as what
  from ranked as c
  inner join rules as r
    on r.rule_id = 'R06'
  where c.clicks >= case c.subject_kind when 'address' then r.address_clicks else r.device_clicks end
    and cast(c.nth as decimal(18, 6)) <= greatest(cast(1 as decimal(18, 6)), cast(c.subjects as decimal(18, 6)) * (1 - r.percentile))

  union all

  select t.subject_kind, t.subject_key, r.rule_id, r.action, cast(1 as decimal(18, 6)), cast(1 as decimal(18, 6)),
    'on the list of test users'
  from testers as t
  inner join rules as r
    on r.rule_id = 'R17'

  union all

  select 'device', m.device_key, r.rule_id, r.action, cast(1 as decimal(18, 6)), cast(1 as decimal(18, 6)), m.what
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

  select c.subject_kind, c.subject_key, r.rule_id, r.action, cast(c.completions as decimal(18, 6)),
    case c.subject_kind when 'address' then r.address_completions else r.user_completions end,
    'completions of the day'
  from completions as c
  inner join rules as r
    on r.rule_id = 'R22'
  where c.completions > case c.subject_kind when 'address' then r.address_completions else r.user_completions end

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
