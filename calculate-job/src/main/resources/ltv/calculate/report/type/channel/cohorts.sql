-- one row per channel that costs and week of twelve in which its users came: what they had paid by ages that all of them have reached
with summed as (
  select
    channel,
    cohort_week,
    horizon_days,
    cast(sum(users) as bigint)           as users,
    cast(sum(cost) as double)            as cost,
    cast(sum(observed_value) as double)  as paid,
    bool_and(is_mature)                  as is_mature
  from mart_roas_cohort
  where as_of_date = as_of()
    and cohort_week between add_days(first_day(), -77) and first_day()
  group by channel, cohort_week, horizon_days
)

select
  channel                                                    as channel,
  cohort_week                                                as week,
  max(users)                                                 as users,
  max(cost)                                                  as cost,
  max(case when horizon_days = 7 and is_mature then paid end)   as paid_7,
  max(case when horizon_days = 30 and is_mature then paid end)  as paid_30,
  max(case when horizon_days = 60 and is_mature then paid end)  as paid_60,
  max(case when horizon_days = 90 and is_mature then paid end)  as paid_90
from summed
group by channel, cohort_week
having max(cost) > 0
order by cohort_week, channel
