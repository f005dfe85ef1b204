-- one row per as-of date, target and person whose steps are known
with acquired as (
  select person_id as any_id, acquisition_date, channel, campaign_id
  from fct_acquisition
  where users > 0 and acquisition_date <= run_date() and person_id is not null
  union all
  select user_id, acquisition_date, channel, campaign_id
  from fct_acquisition
  where users > 0 and acquisition_date <= run_date() and person_id <> user_id
),

-- the first of several devices, as one text since that is small
origins as (
  select any_id, min(cast(acquisition_date as string) || chr(9) || channel || chr(9) || campaign_id) as origin
  from acquired
  group by any_id
),

reached as (
  select
    *,
    row_number() over (partition by target, person_id order by reached_date) as nth
  from target_reached
  where reached_date <= run_date()
    and (target <> 'third_visit' or reached_date >= add_days(run_date(), -29))
),

targets as (
  select split_part(param_path_targets(), ',', age + 1) as target
  from ages(2)
),

active as (
  select person_id, max(stepped_at) as end_at
  from person_step
  where step_date between add_days(run_date(), -29) and run_date()
  group by person_id
),

goals as (
  select
    target, person_id, came_as, 1 as conversions, value, reached_date as end_date, reached_at,
    coalesce(reached_at, cast(add_days(reached_date, 1) as timestamp)) as end_at
  from reached
  where nth = 1
    and reached_date >= add_days(run_date(), -29)

  union all

  select
    g.target, a.person_id, cast(null as string), 0, cast(0 as decimal(18, 4)), run_date(), cast(null as timestamp), a.end_at
  from active as a
  cross join targets as g
  left join reached as r -- who never reached it
    on r.target = g.target
    and r.person_id = a.person_id
  left join reached as c -- by whatever id
    on c.target = g.target
    and c.came_as = a.person_id
  where r.person_id is null
    and c.person_id is null
    and g.target <> ''
),

-- by number, since ids are long
journeys as (
  select *, row_number() over (order by target, person_id) as journey
  from goals
  where in_part(person_id)
),

-- whose steps a journey has
travellers as (
  select journey, target, conversions, end_date, end_at, person_id as any_id, 0 as id_no
  from journeys
  union all
  select journey, target, conversions, end_date, end_at, came_as, 1
  from journeys
  where came_as is not null
),

taken as (
  select
    j.journey,
    s.step,
    s.stepped_at,
    s.platform,
    lag(s.step) over (partition by j.journey order by s.stepped_at, j.id_no, s.step_no) as step_before,
    row_number() over (partition by j.journey order by s.stepped_at, j.id_no, s.step_no) as nth
  from travellers as j
  inner join person_step as s -- who did nothing before has no path
    on s.person_id = j.any_id
    and s.step_date <= j.end_date
    and seconds_between(s.stepped_at, j.end_at) <= 86400 * cast(param_path_look_back_days() as int)
    and (s.stepped_at < j.end_at or (j.conversions = 0 and s.stepped_at = j.end_at))
  where not (j.target = 'first_order' and s.event = 'purchase') -- the target is no step to itself
    and not (j.target = 'sign_up' and s.event = 'sign_up')
),

numbered as (
  select
    journey,
    step,
    stepped_at,
    platform,
    row_number() over (partition by journey order by nth desc) as back
  from taken
  where step_before is null
    or step_before <> step
),

travelled as (
  select
    journey,
    coalesce(max(case when back = 5 then step end) || ' > ', '')
      || coalesce(max(case when back = 4 then step end) || ' > ', '')
      || coalesce(max(case when back = 3 then step end) || ' > ', '')
      || coalesce(max(case when back = 2 then step end) || ' > ', '')
      || max(case when back = 1 then step end)
      as path,
    cast(max(back) as int)                          as steps,
    coalesce(max(case when back = 1 then platform end), 'unknown') as platform,
    min(stepped_at)                                 as began_at
  from numbered
  where back <= 5
  group by journey
)

select
  run_date()                                        as as_of_date,
  j.target                                          as target,
  j.person_id                                       as person_id,
  coalesce(split_part(o.origin, chr(9), 2), 'unattributed') as channel,
  coalesce(split_part(o.origin, chr(9), 3), 'unattributed') as campaign_id,
  t.platform                                        as platform,
  t.path                                            as path,
  t.steps                                           as steps,
  cast(j.conversions as bigint)                     as conversions,
  cast(j.value as decimal(18, 4))                   as value,
  cast(seconds_between(t.began_at, j.reached_at) as double) / 3600 as hours
from travelled as t
inner join journeys as j
  on j.journey = t.journey
left join origins as o -- not everybody's coming is known
  on o.any_id = coalesce(j.came_as, j.person_id)
