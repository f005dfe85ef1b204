-- one row per device, user or address that does more on the day than people do
with rules as (
  select
    rule_id,
    max(action) as action,
    max(case when setting = 'device_clicks' then value end) as device_clicks,
    max(case when setting = 'address_clicks' then value end) as address_clicks,
    max(case when setting = 'percentile' then value end) as percentile,
    max(case when setting = 'user_completions' then value end) as user_completions,
    max(case when setting = 'address_completions' then value end) as address_completions
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

  select c.subject_kind, c.subject_key, r.rule_id, r.action, cast(c.completions as decimal(18, 6)),
    case c.subject_kind when 'address' then r.address_completions else r.user_completions end,
    'completions of the day'
  from completions as c
  inner join rules as r
    on r.rule_id = 'R22'
  where c.completions > case c.subject_kind when 'address' then r.address_completions else r.user_completions end
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
