-- one row per path that first orders took, the one of most conversions first
select step_1, step_2, step_3, step_4, step_5, users, conversions, conversion_rate, base_rate, lift, lift_low, lift_high, median_hours
from mart_path
where as_of_date = as_of()
  and target = 'first_order'
  and scope = 'all'
order by path_rank
