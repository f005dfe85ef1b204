-- one row per person whose first seven days ended on the day, and kind of event in them
with came as (
  select first_visit_date, person_id
  from new_visitor
  where days_between(first_visit_date, run_date()) = 6
)

select
  run_date()                                                as seen_date,
  c.first_visit_date                                        as first_visit_date,
  c.person_id                                               as person_id,
  e.event                                                   as event,
  min(days_between(c.first_visit_date, e.event_date))       as first_age,
  count(*)                                                  as events
from came as c
inner join fct_event as e
  on e.person_id = c.person_id
where e.event_date between c.first_visit_date and run_date()
  and e.is_primary
  and e.event <> 'ignore'
group by c.first_visit_date, c.person_id, e.event
