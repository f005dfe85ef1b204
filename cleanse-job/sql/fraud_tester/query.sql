-- one row per person or device of the day that the site's lists call a test user
with rules as (
  select
    rule_id,
    max(action) as action
  from fraud_rule
  where action not in ('off', 'allow')
  group by rule_id
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

signals as (
  select t.subject_kind, t.subject_key, r.rule_id, r.action, cast(1 as decimal(18, 6)) as observed, cast(1 as decimal(18, 6)) as threshold,
    'on the list of test users' as what
  from testers as t
  inner join rules as r
    on r.rule_id = 'R17'
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
