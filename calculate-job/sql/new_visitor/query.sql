-- one row per person who visited for the first time on the day
with known as (
  select distinct person_id
  from visit_day
  where visit_date < run_date()
)

select
  run_date()                        as first_visit_date,
  v.person_id                       as person_id,
  v.channel                         as channel,
  coalesce(v.platform, 'unknown')   as platform,
  coalesce(v.country, 'unknown')    as country
from visit_day as v
left join known as k -- who has been here before is not new
  on k.person_id = v.person_id
where v.visit_date = run_date()
  and k.person_id is null
