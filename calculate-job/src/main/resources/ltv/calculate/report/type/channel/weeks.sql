-- one row per channel and week of twelve: of each week the same days, until the weekday of the as-of date; weeks that began before the first day are left out
with days as (
  select *, week_start(report_date) as week
  from mart_channel_daily
  where report_date <= as_of()
    and days_between(week_start(report_date), report_date) <= days_between(first_day(), as_of())
),

known as (
  select week, count(distinct report_date) as days, min(min(report_date)) over () as first_known
  from days
  group by week
)

select
  d.channel                            as channel,
  d.week                               as week,
  k.days                               as days,
  cast(sum(d.spend) as double)         as spend,
  cast(sum(d.acquisitions) as bigint)  as acquisitions,
  cast(sum(d.orders) as bigint)        as orders,
  cast(sum(d.revenue) as double)       as revenue
from days as d
inner join known as k on k.week = d.week
where d.week between add_days(first_day(), -77) and first_day()
  and d.week >= k.first_known
group by d.channel, d.week, k.days
order by week, channel
