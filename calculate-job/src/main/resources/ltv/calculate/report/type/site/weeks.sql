-- one row per week up to the one reported, the oldest first
select
  week_start, week_end, week_state, days, days_seen, days_seen_before, visitors, new_visitors, sessions, orders, visitors_who_bought, revenue,
  conversion_rate, average_order_value, visitors_change, conversion_rate_change, average_order_value_change, revenue_change
from mart_site_weekly
where as_of_date = as_of()
  and level = 'all'
  and week_start between add_days(first_day(), -77) and first_day()
order by week_start
