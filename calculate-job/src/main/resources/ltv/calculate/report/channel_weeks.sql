-- one row per channel and week of twelve: of each week the same days, until the weekday of the as-of date; weeks that began before the first day are left out
with known as (
  select min(report_date) as first_known
  from mart_channel_daily
)

select
  d.channel                            as channel,
  week_start(d.report_date)            as week,
  cast(sum(d.spend) as double)         as spend,
  cast(sum(d.acquisitions) as bigint)  as acquisitions,
  cast(sum(d.orders) as bigint)        as orders,
  cast(sum(d.revenue) as double)       as revenue
from mart_channel_daily as d
cross join known as k
where d.report_date <= as_of()
  and week_start(d.report_date) between add_days(first_day(), -77) and first_day()
  and week_start(d.report_date) >= k.first_known
  and days_between(week_start(d.report_date), d.report_date) <= days_between(first_day(), as_of())
group by d.channel, week_start(d.report_date)
order by week, channel
