-- one row per as-of date, target, path and ages of its touches
with reached as (
  select
    *,
    coalesce(reached_at, cast(add_days(reached_date, 1) as timestamp)) as end_at,
    row_number() over (partition by target, person_id order by reached_date) as nth
  from target_reached
  where reached_date <= run_date()
    and (target <> 'third_visit' or reached_date >= add_days(run_date(), -29))
),

touches as (
  select
    person_id,
    known_date,
    touched_at,
    is_told,
    replace(channel || '|' || campaign_id, ' > ', ' ') as touch
  from person_touch
  where known_date <= run_date()
),

targets as (
  select split_part(param_path_targets(), ',', age + 1) as target
  from ages(2)
),

active as (
  select person_id, max(touched_at) as end_at
  from touches
  where known_date >= add_days(run_date(), -29)
  group by person_id
),

goals as (
  select target, person_id, came_as, end_at, value, 1 as conversions
  from reached
  where nth = 1
    and reached_date >= add_days(run_date(), -29)

  union all

  select g.target, a.person_id, cast(null as string), a.end_at, cast(0 as decimal(18, 4)), 0
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
),

-- whose touches a journey has
travellers as (
  select journey, end_at, person_id as any_id
  from journeys
  union all
  select journey, end_at, came_as
  from journeys
  where came_as is not null
),

taken as (
  select
    j.journey,
    t.touch,
    t.touched_at,
    t.is_told,
    max(case when t.is_told then 1 else 0 end) over (partition by j.journey) as any_told,
    cast(floor(seconds_between(t.touched_at, j.end_at) / 86400.0) as int) as age
  from travellers as j
  inner join touches as t
    on t.person_id = j.any_id
    and t.touched_at <= j.end_at
    and seconds_between(t.touched_at, j.end_at) <= 86400 * cast(param_path_touch_look_back_days() as int)
),

-- of the same touch again and again the last one. Visits that nothing led to count only where there are no others
turns as (
  select
    *,
    lead(touch) over (partition by journey order by touched_at, touch) as touch_after
  from taken
  where is_told
    or any_told = 0
),

numbered as (
  select
    journey,
    touch,
    cast(age as string)                             as age,
    row_number() over (partition by journey order by touched_at desc, touch desc) as back
  from turns
  where touch_after is null
    or touch_after <> touch
),

travelled as (
  select
    journey,
    coalesce(max(case when back = 10 then touch end) || ' > ', '') || coalesce(max(case when back = 9 then touch end) || ' > ', '')
      || coalesce(max(case when back = 8 then touch end) || ' > ', '') || coalesce(max(case when back = 7 then touch end) || ' > ', '')
      || coalesce(max(case when back = 6 then touch end) || ' > ', '') || coalesce(max(case when back = 5 then touch end) || ' > ', '')
      || coalesce(max(case when back = 4 then touch end) || ' > ', '') || coalesce(max(case when back = 3 then touch end) || ' > ', '')
      || coalesce(max(case when back = 2 then touch end) || ' > ', '') || max(case when back = 1 then touch end)
      as path,
    coalesce(max(case when back = 10 then age end) || ',', '') || coalesce(max(case when back = 9 then age end) || ',', '')
      || coalesce(max(case when back = 8 then age end) || ',', '') || coalesce(max(case when back = 7 then age end) || ',', '')
      || coalesce(max(case when back = 6 then age end) || ',', '') || coalesce(max(case when back = 5 then age end) || ',', '')
      || coalesce(max(case when back = 4 then age end) || ',', '') || coalesce(max(case when back = 3 then age end) || ',', '')
      || coalesce(max(case when back = 2 then age end) || ',', '') || max(case when back = 1 then age end)
      as ages
  from numbered
  where back <= 10
  group by journey
),

paths as (
  select
    j.target,
    j.conversions,
    j.value,
    coalesce(t.path, 'unattributed|unattributed')   as path,
    case when j.conversions = 1 then coalesce(t.ages, '0') end as ages
  from journeys as j
  left join travelled as t -- of some nothing is known before
    on t.journey = j.journey
)

select
  run_date()                                        as as_of_date,
  target                                            as target,
  path                                              as path,
  ages                                              as ages,
  count(*)                                          as journeys,
  cast(sum(conversions) as bigint)                  as conversions,
  cast(sum(value) as decimal(18, 4))                as value
from paths
group by target, path, ages
