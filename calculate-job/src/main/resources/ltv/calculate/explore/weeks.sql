-- one row per week of acquisition that is shown: all, or the newest where even channels alone would be too many rows
with sizes as (
  select
    count(distinct channel)       as channels,
    count(distinct horizon_days)  as ages
  from mart_roas_cohort
  where as_of_date = as_of()
),

platforms as (
  select count(distinct platform) as platforms
  from mart_ltv_campaign
  where as_of_date = as_of()
    and level = 'segment'
),

weeks as (
  select
    cohort_week,
    row_number() over (order by cohort_week desc) as newest
  from mart_roas_cohort
  where as_of_date = as_of()
  group by cohort_week
)

select
  w.cohort_week                                          as cohort_week,
  row_number() over (order by w.cohort_week) - 1         as place
from weeks as w
cross join sizes as s
cross join platforms as p
where w.newest = 1
  or s.ages * (1 + s.channels * (w.newest + 1 + p.platforms)) <= cast(most_rows() as int)
order by w.cohort_week
