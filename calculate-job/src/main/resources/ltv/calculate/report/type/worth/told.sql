-- one row: the longest age up to 180 days that can be told of all users
select max(horizon_days) as horizon_days
from mart_ltv_campaign
where as_of_date = as_of()
  and level = 'all'
  and horizon_days <= 180
  and expected_value is not null
