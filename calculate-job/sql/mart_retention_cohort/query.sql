-- one row per as-of date, kind of cohort, channel, cohort week and number of weeks after
with orders as (
  select
    coalesce(acquired_user_id, person_id, user_id)                    as user_id,
    order_date,
    week_start(order_date)                                            as order_week,
    row_number() over (
      partition by coalesce(acquired_user_id, person_id, user_id)
      order by order_date, source, kind, order_id, currency_local
    )                                                                 as nth
  from fct_order
  where order_date <= run_date()
    and kind not in ('refund', 'ad_revenue') -- who sends something back or sees an ad has not bought again
),

acquired as (
  select
    'acquisition_to_order'          as cohort_kind,
    user_id,
    channel,
    week_start(acquisition_date)    as cohort_week,
    acquisition_date                as start_date,
    0                               as from_nth
  from fct_acquisition
  where acquisition_date <= run_date()
    and users > 0
),

-- a first order has the channel of its buyer
first_orders as (
  select
    'order_to_order'                as cohort_kind,
    o.user_id,
    coalesce(a.channel, 'unattributed') as channel,
    o.order_week                    as cohort_week,
    o.order_date                    as start_date,
    1                               as from_nth
  from orders as o
  left join fct_acquisition as a -- a buyer may be unknown while acquisitions are missing
    on a.user_id = o.user_id
    and a.users > 0
    and a.acquisition_date <= run_date()
  where o.nth = 1
),

members as (
  select * from acquired
  union all
  select * from first_orders
),

cohorts as (
  select
    cohort_kind,
    channel,
    cohort_week,
    count(*) as users
  from members
  group by cohort_kind, channel, cohort_week
),

grid as (
  select
    c.*,
    n.age as weeks_after
  from cohorts as c
  inner join ages(200) as n
    on 7 * n.age <= days_between(c.cohort_week, run_date())
),

active as (
  select
    m.cohort_kind,
    m.channel,
    m.cohort_week,
    cast(floor(days_between(m.cohort_week, o.order_week) / 7.0) as int) as weeks_after,
    count(distinct m.user_id)                                           as active_users
  from members as m
  inner join orders as o
    on o.user_id = m.user_id
    and o.nth > m.from_nth
    and o.order_date >= m.start_date
  group by
    m.cohort_kind, m.channel, m.cohort_week,
    cast(floor(days_between(m.cohort_week, o.order_week) / 7.0) as int)
)

select
  run_date()                                                            as as_of_date,
  g.cohort_kind                                                         as cohort_kind,
  g.channel                                                             as channel,
  g.cohort_week                                                         as cohort_week,
  cast(g.weeks_after as int)                                            as weeks_after,
  cast(g.users as bigint)                                               as users,
  cast(coalesce(a.active_users, 0) as bigint)                           as active_users,
  add_days(g.cohort_week, cast(7 * g.weeks_after + 6 as int)) <= run_date() as is_complete,
  cast(coalesce(a.active_users, 0) as double) / nullif(cast(g.users as double), 0) as retention
from grid as g
left join active as a -- a week in which nobody of the cohort ordered
  on a.cohort_kind = g.cohort_kind
  and a.channel = g.channel
  and a.cohort_week = g.cohort_week
  and a.weeks_after = g.weeks_after
