-- one row per channel and one per platform that the week or the one before saw; of a running week, those that it saw
with weeks as (
  select *
  from mart_site_weekly
  where as_of_date = as_of()
    and level in ('channel', 'platform')
),

this as (
  select * from weeks where week_start = first_day()
),

-- a running week is compared with as many days, which only its changes know
before as (
  select *
  from weeks
  where week_start = add_days(first_day(), -7)
    and add_days(first_day(), 6) <= as_of()
)

select
  coalesce(t.level, b.level)                        as level,
  case coalesce(t.level, b.level)
    when 'channel' then coalesce(t.channel, b.channel)
    else coalesce(t.platform, b.platform)
  end                                               as name,
  coalesce(t.visitors, 0)                           as visitors,
  coalesce(t.new_visitors, 0)                       as new_visitors,
  coalesce(t.sessions, 0)                           as sessions,
  coalesce(t.orders, 0)                             as orders,
  case when t.level is null then 0 else t.revenue end as revenue,
  t.conversion_rate                                 as conversion_rate,
  t.average_order_value                             as average_order_value,
  case when t.level is null then case when b.visitors > 0 then -1.0e0 end else t.visitors_change end as visitors_change,
  case when t.level is null then case when b.revenue > 0 then -1.0e0 end else t.revenue_change end   as revenue_change,
  case
    when b.level is not null then cast(b.revenue as double)
    when add_days(first_day(), 6) <= as_of() then 0 -- new in a week that is over
    else cast(t.revenue as double) / nullif(1 + t.revenue_change, 0)
  end                                               as revenue_before
from this as t
full join before as b -- new, gone, or of a running week
  on b.level = t.level
  and b.channel = t.channel
  and b.platform = t.platform
order by level, revenue desc nulls last, visitors desc, name
