-- one row per segment, cohort day and age at which something was paid: gross (with what ads in the app earned) and net
select
  segment,
  cohort_day,
  age,
  gross,
  net
from (
  select
    cast(n.segment as double)                                         as segment,
    cast(days_between(date '1970-01-01', f.cohort_date) as double)    as cohort_day,
    cast(days_between(f.cohort_date, f.report_date) as double)        as age,
    cast(f.revenue + f.ad_revenue as double)                          as gross,
    cast(f.net_value as double)                                       as net
  from ltv_cohort_daily as f
  inner join ltv_segments as n
    on n.channel = f.channel
    and n.campaign_id = f.campaign_id
    and n.platform = f.platform
    and n.country = f.country
  where f.revenue + f.ad_revenue <> 0
    or f.net_value <> 0
) as paid
order by segment, cohort_day, age
