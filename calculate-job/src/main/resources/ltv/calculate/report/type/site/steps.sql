-- one row per step on the way to the first order, the surest first
select
  step, users, conversions, conversion_rate, users_without, conversions_without, rate_without,
  lift, lift_low, lift_high, removal_effect, removal_low, removal_high
from mart_path_step
where as_of_date = as_of()
  and target = 'first_order'
  and scope = 'all'
order by step_rank
