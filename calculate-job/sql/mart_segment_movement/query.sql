-- one row per as-of date, segment a week ago and segment
select
  run_date()                                        as as_of_date,
  segment_week_ago                                  as segment_week_ago,
  segment                                           as segment,
  count(*)                                          as customers,
  cast(sum(paid) as decimal(18, 4))                 as paid,
  count(*) filter (where is_overdue)                as overdue_customers
from customer_segment
group by segment_week_ago, segment
