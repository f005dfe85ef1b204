-- one row per day, person and step
with told as (
  select
    e.person_id,
    e.event_at,
    e.event,
    w.step,
    e.platform,
    lag(e.event) over (partition by e.person_id order by e.event_at, e.event_name, e.event_id) as event_before,
    row_number() over (partition by e.person_id order by e.event_at, e.event_name, e.event_id) as event_no
  from fct_event as e
  inner join step_word as w -- the others are no steps
    on w.event = e.event
  where e.event_date = run_date()
    and e.is_primary
    and e.person_id is not null
)

select
  run_date()                                        as step_date,
  person_id                                         as person_id,
  cast(row_number() over (partition by person_id order by event_no) as bigint) as step_no,
  event                                             as event,
  step                                              as step,
  event_at                                          as stepped_at,
  platform                                          as platform
from told
where event_before is null
  or event_before <> event
