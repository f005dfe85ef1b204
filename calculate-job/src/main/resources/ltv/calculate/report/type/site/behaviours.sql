-- one row per behaviour of the first seven days that enough did and enough did not, and one of everybody
select behaviour_kind, behaviour, users, rate, other_rate, lift, lift_low, lift_high, coverage
from mart_frequent_behaviour
where as_of_date = as_of()
  and window_days = 7
  and (is_enough or behaviour_kind = 'everybody')
order by lift_low desc nulls last, lift desc nulls last, behaviour_kind, behaviour
