-- one row per target, path and ages of its touches
select target, path, ages, journeys, conversions, value
from channel_path
where as_of_date = run_date()
order by target, path, ages
