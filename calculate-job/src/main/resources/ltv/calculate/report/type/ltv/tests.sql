-- one row per age: how forecasts of campaigns did on earlier days, of all users who had not reached it
select
  horizon_days, test_dates, tests, bias, wape, coverage_50, coverage_80, width_80
from mart_backtest
where as_of_date = as_of()
  and method = 'forecast'
  and data = 'revised'
  and oldest_age_days = horizon_days - 1
  and horizon_days >= 7
order by horizon_days
