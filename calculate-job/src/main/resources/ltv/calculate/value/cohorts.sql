-- one row per segment and cohort day: users, cost and payers so far; days count from 1970-01-01
select
  segment,
  cohort_day,
  users,
  cost,
  payers
from (
  select
    cast(n.segment as double)                                         as segment,
    cast(days_between(date '1970-01-01', f.cohort_date) as double)    as cohort_day,
    cast(sum(f.users) as double)                                      as users,
    cast(sum(f.cost) as double)                                       as cost,
    cast(sum(f.payers) as double)                                     as payers
  from ltv_cohort_daily as f
  inner join ltv_segments as n
    on n.channel = f.channel
    and n.campaign_id = f.campaign_id
    and n.platform = f.platform
    and n.country = f.country
  group by n.segment, f.cohort_date
) as counted
order by segment, cohort_day
