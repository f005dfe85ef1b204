-- one row per kind of cohort, channel and week in which users began, first week that is told of them: 0 where ordering in the same week counts
select cohort_kind, channel, cohort_start, users, active_users, retention
from mart_retention_cohort
where as_of_date = as_of()
  and period = 'week'
  and level = 'channel'
  and row_kind = 'cohort'
  and cell_state = 'complete'
  and not is_small
  and periods_after = case when cohort_kind in ('visit_to_visit', 'order_to_order') then 1 else 0 end
  and cell_end in (add_days(first_day(), 6), add_days(first_day(), -1))
order by cohort_kind, channel, cohort_start
