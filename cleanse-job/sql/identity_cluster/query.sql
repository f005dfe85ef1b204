-- one row per id that was seen on the day and span of time in which it belongs to one person
with labels as (
  select distinct node, label
  from settled
),

seen_today as (
  select left_kind as node_kind, left_key as node_key from identity_edge where edge_date = run_date()
  union
  select right_kind, right_key from identity_edge where edge_date = run_date()
),

nodes as (
  select
    s.node_kind,
    s.node_key,
    l.label
  from seen_today as s
  inner join labels as l
    on l.node = s.node_kind || ':' || s.node_key
),

-- which user was seen on which device, and when
logins as (
  select
    dl.label                                        as device,
    substring(ul.label, 6)                          as user_key,
    e.rule,
    case when e.edge_date <= run_date() then e.evidence else 0 end as evidence,
    e.first_seen_at,
    e.last_seen_at
  from identity_edge as e
  inner join labels as dl
    on dl.node = e.left_kind || ':' || e.left_key
  inner join labels as ul
    on ul.node = e.right_kind || ':' || e.right_key
  left join identity_blocked as l
    on l.node_kind = e.left_kind and l.node_key = e.left_key
  left join identity_blocked as r
    on r.node_kind = e.right_kind and r.node_key = e.right_key
  where e.left_kind <> 'user'
    and e.right_kind = 'user'
    and l.node_key is null
    and r.node_key is null
),

-- what was known until the day. What comes later only names who was not known: else every later day would change this one
known as (
  select
    device,
    user_key,
    substring(min(case when evidence > 0 then '0' else '1' end
      || case rule when 'same_event' then '1' when 'identify' then '2' else '3' end || rule), 3) as best_rule,
    sum(evidence) as evidence
  from logins
  group by device, user_key
),

moments as (
  select device, user_key, first_seen_at as seen_at from logins
  union
  select device, user_key, last_seen_at from logins
),

-- a span begins where another user appears than the one before
changes as (
  select *
  from (
    select *, lag(user_key) over (partition by device order by seen_at, user_key) as user_before
    from moments
  ) as ordered
  where user_before is null or user_before <> user_key
),

spans as (
  select
    device,
    user_key,
    -- what was done in the month before the first login is that user's
    case when user_before is null then seen_at - interval '30' day else seen_at end as valid_from,
    lead(seen_at) over (partition by device order by seen_at, user_key) as valid_to,
    user_before is null as is_first
  from changes
),

-- the advertising id of a device: of several the one that was seen last until the day, else the first of later
advertising as (
  select device, node_key as advertising_key
  from (
    select
      a.label as device,
      a.node_key,
      row_number() over (
        partition by a.label order by a.last_seen_at desc nulls last, a.first_seen_at, a.node_key
      ) as nth
    from (
      select
        l.label,
        e.left_key as node_key,
        max(case when e.edge_date <= run_date() then e.last_seen_at end) as last_seen_at,
        min(e.first_seen_at) as first_seen_at
      from identity_edge as e
      inner join (select distinct node, label from settled where neighbour <> node) as l -- not one that too many have
        on l.node = e.left_kind || ':' || e.left_key
      where e.left_kind = 'advertising'
      group by l.label, e.left_key
    ) as a
  ) as ranked
  where nth = 1
),

-- a user's own, where all devices have the same one
users_advertising as (
  select k.user_key, min(a.advertising_key) as advertising_key
  from (select distinct device, user_key from logins where evidence > 0) as k
  inner join advertising as a
    on a.device = k.device
  group by k.user_key
  having count(distinct a.advertising_key) = 1
),

belonging as (
  -- a device of users, one after the other
  select
    n.node_kind,
    n.node_key,
    s.valid_from,
    s.valid_to,
    s.user_key                                      as cluster_id,
    s.user_key                                      as user_key,
    n.label,
    k.best_rule                                     as rule,
    k.evidence
  from nodes as n
  inner join spans as s
    on s.device = n.label and (s.valid_to is null or s.valid_from < s.valid_to)
  inner join known as k
    on k.device = s.device and k.user_key = s.user_key
  where n.node_kind <> 'user'

  union all

  -- the same device before anybody was known on it
  select
    n.node_kind, n.node_key, cast(null as timestamp), s.valid_from, text_hash(n.label), cast(null as string), n.label,
    'unknown', cast(0 as bigint)
  from nodes as n
  inner join spans as s
    on s.device = n.label
  where n.node_kind <> 'user' and s.is_first

  union all

  -- a device on which nobody is known
  select
    n.node_kind, n.node_key, cast(null as timestamp), cast(null as timestamp), text_hash(n.label), cast(null as string),
    n.label, 'unknown', cast(0 as bigint)
  from nodes as n
  left join spans as s
    on s.device = n.label
  where n.node_kind <> 'user' and s.device is null

  union all

  select
    n.node_kind, n.node_key, cast(null as timestamp), cast(null as timestamp), substring(n.label, 6), substring(n.label, 6),
    n.label, 'user', cast(0 as bigint)
  from nodes as n
  where n.node_kind = 'user'
)

select
  run_date()                                        as as_of_date,
  b.node_kind                                       as node_kind,
  b.node_key                                        as node_key,
  b.valid_from                                      as valid_from,
  -- an end after the day is of no interest to it
  case when cast(b.valid_to as date) <= add_days(run_date(), 1) then b.valid_to end as valid_to,
  b.cluster_id                                      as cluster_id,
  b.user_key                                        as user_id_key,
  coalesce(a.advertising_key, u.advertising_key)    as advertising_id_key,
  b.rule                                            as rule,
  cast(b.evidence as bigint)                        as evidence
from belonging as b
left join advertising as a
  on a.device = b.label
left join users_advertising as u
  on b.node_kind = 'user' and u.user_key = b.user_key
-- the day in whatever zone
where (b.valid_to is null or cast(b.valid_to as date) >= add_days(run_date(), -1))
  and (b.valid_from is null or cast(b.valid_from as date) <= add_days(run_date(), 1))
