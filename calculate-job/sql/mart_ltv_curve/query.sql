-- one row per as-of date, cohort day, channel, campaign and age
with cohorts as (
  select
    acquisition_date      as cohort_date,
    channel,
    campaign_id,
    max(campaign_name)    as campaign_name,
    sum(users)            as users
  from fct_acquisition
  where acquisition_date <= run_date()
    and users > 0
  group by acquisition_date, channel, campaign_id
),

daily as (
  select
    a.acquisition_date                              as cohort_date,
    a.channel,
    a.campaign_id,
    days_between(a.acquisition_date, o.order_date)  as age_days,
    count(*) filter (where o.kind <> 'refund')      as orders,
    sum(o.revenue)                                  as revenue
  from fct_order as o
  inner join fct_acquisition as a
    on a.user_id = o.acquired_user_id
  where o.order_date <= run_date()
    and o.kind <> 'ad_revenue'
    and a.acquisition_date <= o.order_date
  group by a.acquisition_date, a.channel, a.campaign_id, days_between(a.acquisition_date, o.order_date)
),

grid as (
  select
    c.cohort_date,
    c.channel,
    c.campaign_id,
    c.campaign_name,
    c.users,
    n.age
  from cohorts as c
  inner join ages(1200) as n
    on n.age <= days_between(c.cohort_date, run_date())
),

cumulated as (
  select
    g.cohort_date,
    g.channel,
    g.campaign_id,
    g.campaign_name,
    g.users,
    g.age,
    sum(coalesce(d.orders, 0)) over (
      partition by g.cohort_date, g.channel, g.campaign_id order by g.age
      rows between unbounded preceding and current row
    ) as orders,
    sum(coalesce(d.revenue, 0)) over (
      partition by g.cohort_date, g.channel, g.campaign_id order by g.age
      rows between unbounded preceding and current row
    ) as revenue
  from grid as g
  left join daily as d -- most ages of a small cohort have no order
    on d.cohort_date = g.cohort_date
    and d.channel = g.channel
    and d.campaign_id = g.campaign_id
    and d.age_days = g.age
)

select
  run_date()                                                      as as_of_date,
  cohort_date                                                     as cohort_date,
  channel                                                         as channel,
  campaign_id                                                     as campaign_id,
  campaign_name                                                   as campaign_name,
  age                                                             as age_days,
  cast(users as bigint)                                           as users,
  cast(orders as bigint)                                          as orders,
  cast(revenue as decimal(18, 4))                                 as revenue,
  cast(orders as double) / nullif(cast(users as double), 0)       as orders_per_user,
  cast(revenue as double) / nullif(cast(users as double), 0)      as revenue_per_user
from cumulated
