-- one row per day and person with steps on it
with today as (
  select person_id, max(stepped_at) as end_at
  from person_step
  where step_date = run_date()
  group by person_id
),

taken as (
  select
    s.person_id,
    s.step_date,
    s.step,
    lag(s.step) over (partition by s.person_id order by s.stepped_at, s.step_no) as step_before,
    row_number() over (partition by s.person_id order by s.stepped_at, s.step_no) as nth
  from person_step as s
  inner join today as t
    on t.person_id = s.person_id
    and s.step_date <= run_date()
    and s.stepped_at <= t.end_at
    and seconds_between(s.stepped_at, t.end_at) <= 86400 * cast(param_path_look_back_days() as int)
),

visits as (
  select person_id, count(distinct step_date) as nth_visit
  from taken
  group by person_id
),

numbered as (
  select
    person_id,
    step,
    row_number() over (partition by person_id order by nth desc) as back
  from taken
  where step_before is null
    or step_before <> step
),

travelled as (
  select
    person_id,
    coalesce(max(case when back = 5 then step end) || ' > ', '')
      || coalesce(max(case when back = 4 then step end) || ' > ', '')
      || coalesce(max(case when back = 3 then step end) || ' > ', '')
      || coalesce(max(case when back = 2 then step end) || ' > ', '')
      || max(case when back = 1 then step end)
      as path,
    cast(max(back) as int)                          as steps
  from numbered
  where back <= 5
  group by person_id
)

select
  run_date()                                        as visit_date,
  t.person_id                                       as person_id,
  v.nth_visit                                       as nth_visit,
  t.path                                            as path,
  t.steps                                           as steps
from travelled as t
inner join visits as v on v.person_id = t.person_id
