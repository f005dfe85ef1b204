-- one row per event word of the day
select distinct as_of_date, event
from dim_event
where as_of_date = run_date()
order by event
