-- one row per segment a week ago and segment
select segment_week_ago, segment, customers, overdue_customers
from mart_segment_movement
where as_of_date = as_of()
order by segment_week_ago, segment
