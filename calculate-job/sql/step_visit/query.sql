-- one row per as-of date, target, scope, channel, campaign_id, platform, nth_visit, steps and step
-- when each target was reached first, by every id that it is known of (a third visit in the last 30 days, since it can be reached every month)
with reached as (
  select target, person_id, min(came_as) as came_as, min(reached_date) as reached_date
  from target_reached
  where reached_date <= run_date()
    and (target <> 'third_visit' or reached_date >= add_days(run_date(), -29))
  group by target, person_id
),

ends as (
  select target, person_id, person_id as any_id, reached_date from reached
  union all
  select target, person_id, came_as, reached_date from reached where came_as is not null
),

-- the day that led to it: its own, or the last one before
led as (
  select
    e.target,
    e.person_id,
    max(v.visit_date)                               as visit_date,
    -- of two ids on one day the one that was there oftener
    cast(substring(max(cast(v.visit_date as string) || cast(1000 + v.nth_visit as string)), 11) as bigint) - 1000 as nth_visit
  from ends as e
  inner join visit_path as v
    on v.person_id = e.any_id
    and v.visit_date <= e.reached_date
  where e.reached_date >= add_days(run_date(), -29)
  group by e.target, e.person_id
),

closed as (
  select e.target, e.any_id, min(coalesce(l.visit_date, e.reached_date)) as closed_date
  from ends as e
  left join led as l -- of who reached it before these days no day is asked for
    on l.target = e.target
    and l.person_id = e.person_id
  group by e.target, e.any_id
),

-- whose days count for which target, and in which scopes
travellers as (
  select p.target, p.person_id as any_id, p.channel, p.campaign_id, p.platform
  from person_path as p
  where p.as_of_date = run_date()
  union all
  select p.target, r.came_as, p.channel, p.campaign_id, p.platform
  from person_path as p
  inner join reached as r
    on r.target = p.target
    and r.person_id = p.person_id
  where p.as_of_date = run_date()
    and r.came_as is not null
),

chances as (
  select t.target, t.channel, t.campaign_id, t.platform, v.nth_visit, v.steps, v.path, 0 as conversions
  from visit_path as v
  inner join travellers as t on t.any_id = v.person_id
  left join closed as c -- most never reach it
    on c.target = t.target
    and c.any_id = t.any_id
  where v.visit_date between add_days(run_date(), -29) and run_date()
    and (c.closed_date is null or v.visit_date < c.closed_date)

  union all

  select p.target, p.channel, p.campaign_id, p.platform, l.nth_visit, p.steps, p.path, 1
  from person_path as p
  inner join led as l
    on l.target = p.target
    and l.person_id = p.person_id
  where p.as_of_date = run_date()
    and p.conversions = 1
),

cells as (
  select
    target, channel, campaign_id, platform, steps, path,
    case
      when target = 'third_visit' then 0
      when nth_visit >= 9 then 9
      when nth_visit >= 5 then 5
      when nth_visit >= 3 then 3
      else nth_visit
    end                                             as nth_visit,
    count(*)                                        as visits,
    sum(conversions)                                as conversions
  from chances
  group by
    target, channel, campaign_id, platform, steps, path,
    case
      when target = 'third_visit' then 0
      when nth_visit >= 9 then 9
      when nth_visit >= 5 then 5
      when nth_visit >= 3 then 3
      else nth_visit
    end
),

paths as (
  select distinct path from cells
),

words as (
  select path, '*' as step from paths
  union
  select p.path, split_part(p.path, ' > ', n.age + 1)
  from paths as p
  cross join ages(4) as n
  where split_part(p.path, ' > ', n.age + 1) <> ''
),

counted as (
  select c.target, c.channel, c.campaign_id, c.platform, c.nth_visit, c.steps, w.step, sum(c.visits) as visits, sum(c.conversions) as conversions
  from cells as c
  inner join words as w on w.path = c.path
  group by c.target, c.channel, c.campaign_id, c.platform, c.nth_visit, c.steps, w.step
),

-- every day is in each scope once
scopes as (
  select age as n, case age when 0 then 'all' when 1 then 'channel' when 2 then 'campaign' else 'platform' end as scope
  from ages(3)
)

select
  run_date()                                                as as_of_date,
  c.target                                                  as target,
  s.scope                                                   as scope,
  case when s.n in (1, 2) then c.channel else 'all' end     as channel,
  case when s.n = 2 then c.campaign_id else 'all' end       as campaign_id,
  case when s.n = 3 then c.platform else 'all' end          as platform,
  cast(c.nth_visit as int)                                  as nth_visit,
  c.steps                                                   as steps,
  c.step                                                    as step,
  cast(sum(c.visits) as bigint)                             as visits,
  cast(sum(c.conversions) as bigint)                        as conversions
from counted as c
cross join scopes as s
group by
  c.target, s.scope, case when s.n in (1, 2) then c.channel else 'all' end, case when s.n = 2 then c.campaign_id else 'all' end,
  case when s.n = 3 then c.platform else 'all' end, c.nth_visit, c.steps, c.step
