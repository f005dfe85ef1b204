-- one row per kind of cohort, week in which users began, and number of weeks after
select cohort_kind, cohort_start, periods_after, cell_state, cell_end, users, is_small, active_users, retention
from mart_retention_cohort
where as_of_date = as_of()
  and period = 'week'
  and level = 'all'
  and row_kind = 'cohort'
  and periods_after between 0 and 11
  and cohort_start between add_days(first_day(), -77) and first_day()
order by cohort_kind, cohort_start, periods_after
