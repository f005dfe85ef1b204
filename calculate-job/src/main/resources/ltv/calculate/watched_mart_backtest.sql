-- one row per horizon: the forecast that is shown, for all users who had not reached it
select horizon_days, bias, wape, coverage_80
from mart_backtest
where as_of_date = run_date() and method = 'forecast' and data = 'revised' and oldest_age_days = horizon_days - 1
order by horizon_days
