-- one row per as-of date, level, channel, platform and week
with days as (
  select add_days(run_date(), -age) as date_day
  from ages(377) -- 53 weeks and the one before
),

-- a week is what the next one is compared with, the running one with as many days of the week before
spans as (
  select
    date_day,
    week_start(date_day)                                    as week_start,
    case when week_start(date_day) < add_days(week_start(run_date()), -7) then add_days(week_start(date_day), 7) end as week_after
  from days
  union all
  select date_day, cast(null as date), week_start(run_date())
  from days
  where date_day between add_days(week_start(run_date()), -7) and add_days(run_date(), -7)
),

first_visits as (
  select person_id, min(visit_date) as first_date from visit_day group by person_id
),

visits as (
  select
    v.visit_date                                            as date_day,
    v.person_id,
    v.channel,
    coalesce(v.platform, 'unknown')                         as platform,
    v.sessions,
    case when v.visit_date = f.first_date then 1 else 0 end as new_visitors
  from visit_day as v
  inner join first_visits as f on f.person_id = v.person_id
  where v.visit_date between add_days(run_date(), -377) and run_date()
),

-- an order came by what brought its buyer's visit of the day
orders as (
  select
    o.order_date                                            as date_day,
    o.person_id,
    coalesce(v.channel, 'unattributed')                     as channel,
    coalesce(v.platform, o.platform, 'unknown')             as platform,
    o.revenue
  from fct_order as o
  left join visits as v -- who bought without a visit that was seen
    on v.person_id = o.person_id
    and v.date_day = o.order_date
  where o.order_date between add_days(run_date(), -377) and run_date()
    and o.kind not in ('refund', 'ad_revenue') -- who sends something back or sees an ad has not bought
),

doings as (
  select date_day, person_id, channel, platform, 1 as visits, sessions, new_visitors, 0 as orders, 0 as revenue
  from visits
  union all
  select date_day, person_id, channel, platform, 0, 0, 0, 1, revenue
  from orders
),

levels as (
  select 'all' as level, 'all' as channel, 'all' as platform, date_day, person_id, visits, sessions, new_visitors, orders, revenue
  from doings
  union all
  select 'channel', channel, 'all', date_day, person_id, visits, sessions, new_visitors, orders, revenue
  from doings
  union all
  select 'platform', 'all', platform, date_day, person_id, visits, sessions, new_visitors, orders, revenue
  from doings
),

persons as (
  select
    s.week_start, s.week_after, l.level, l.channel, l.platform, l.person_id,
    sum(l.visits)                                           as visits,
    sum(l.sessions)                                         as sessions,
    sum(l.new_visitors)                                     as new_visitors,
    sum(l.orders)                                           as orders,
    sum(l.revenue)                                          as revenue
  from levels as l
  inner join spans as s on s.date_day = l.date_day
  group by s.week_start, s.week_after, l.level, l.channel, l.platform, l.person_id
),

weeks as (
  select
    week_start, week_after, level, channel, platform,
    count(*) filter (where visits > 0)                      as visitors,
    sum(new_visitors)                                       as new_visitors,
    sum(sessions)                                           as sessions,
    sum(orders)                                             as orders,
    count(*) filter (where orders > 0)                      as buyers,
    count(*) filter (where orders > 0 and visits > 0)       as visitors_who_bought,
    sum(revenue)                                            as revenue
  from persons
  group by week_start, week_after, level, channel, platform
),

rated as (
  select
    *,
    cast(visitors_who_bought as double) / nullif(cast(visitors as double), 0) as conversion_rate,
    cast(revenue as double) / nullif(cast(orders as double), 0)               as order_value
  from weeks
),

seen as (
  select s.week_start, s.week_after, count(distinct v.date_day) as days
  from visits as v
  inner join spans as s on s.date_day = v.date_day
  group by s.week_start, s.week_after
)

select
  run_date()                                                as as_of_date,
  w.level                                                   as level,
  w.channel                                                 as channel,
  w.platform                                                as platform,
  w.week_start                                              as week_start,
  add_days(w.week_start, 6)                                 as week_end,
  case when add_days(w.week_start, 6) <= run_date() then 'complete' else 'partial' end as week_state,
  cast(least(days_between(w.week_start, run_date()) + 1, 7) as int) as days,
  cast(coalesce(d.days, 0) as int)                          as days_seen,
  cast(coalesce(e.days, 0) as int)                          as days_seen_before,
  w.visitors                                                as visitors,
  cast(w.new_visitors as bigint)                            as new_visitors,
  cast(w.sessions as bigint)                                as sessions,
  cast(w.orders as bigint)                                  as orders,
  w.buyers                                                  as buyers,
  w.visitors_who_bought                                     as visitors_who_bought,
  cast(w.revenue as decimal(18, 4))                         as revenue,
  w.conversion_rate                                         as conversion_rate,
  w.order_value                                             as average_order_value,
  cast(w.visitors as double) / nullif(cast(b.visitors as double), 0) - 1          as visitors_change,
  cast(w.new_visitors as double) / nullif(cast(b.new_visitors as double), 0) - 1  as new_visitors_change,
  cast(w.sessions as double) / nullif(cast(b.sessions as double), 0) - 1          as sessions_change,
  cast(w.orders as double) / nullif(cast(b.orders as double), 0) - 1              as orders_change,
  w.conversion_rate / nullif(b.conversion_rate, 0) - 1      as conversion_rate_change,
  w.order_value / nullif(b.order_value, 0) - 1              as average_order_value_change,
  cast(w.revenue as double) / nullif(cast(b.revenue as double), 0) - 1            as revenue_change
from rated as w
left join rated as b -- the week before saw nobody of the channel or platform, or nothing is known of it
  on b.week_after = w.week_start
  and b.level = w.level
  and b.channel = w.channel
  and b.platform = w.platform
left join seen as d on d.week_start = w.week_start -- no visit, but orders
left join seen as e on e.week_after = w.week_start
where w.week_start >= add_days(week_start(run_date()), -364)
