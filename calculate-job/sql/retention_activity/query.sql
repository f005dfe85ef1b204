-- one row per as-of date, kind of cohort, period, channel, campaign, cohort and number of periods after, as far as somebody began or was active
with periods as (
  -- how many periods after are told by themselves, and how long ago a cohort may have begun
  select 'day' as period, 60 as ages, 60 as cohorts
  union all select 'week', 52, 78
  union all select 'month', 23, 23
),

-- how many periods before the as-of date's a day lies
calendar as (
  select
    d.date_day,
    p.period,
    p.ages,
    p.cohorts,
    case p.period
      when 'day' then d.date_day
      when 'week' then week_start(d.date_day)
      else cast(substring(cast(d.date_day as string), 1, 8) || '01' as date)
    end                                                         as period_start,
    case p.period
      when 'day' then days_between(d.date_day, run_date())
      when 'week' then floor(days_between(week_start(d.date_day), week_start(run_date())) / 7.0)
      else 12 * (extract(year from run_date()) - extract(year from d.date_day)) + extract(month from run_date()) - extract(month from d.date_day)
    end                                                         as ago
  from (select add_days(run_date(), -age) as date_day from ages(760)) as d -- two years of months, a year and a half of weeks
  cross join periods as p
),

orders as (
  select distinct
    order_date, channel, acquired_user_id, person_id, user_id,
    coalesce(acquired_user_id, person_id, user_id)              as customer_id
  from fct_order
  where order_date <= run_date()
    and kind not in ('refund', 'ad_revenue') -- who sends something back or sees an ad has not bought
),

signed_up as (
  select person_id, device_key, min(sign_up_date) over (partition by person_id) as start_date
  from fct_sign_up
  where sign_up_date <= run_date()
),

sign_up_ids as (
  select person_id, person_id as any_id, start_date from signed_up
  union
  select person_id, device_key, start_date from signed_up where device_key is not null
),

came as (
  select user_id as any_id, user_id, acquisition_date, channel
  from fct_acquisition where acquisition_date <= run_date() and users > 0
  union all
  select person_id, user_id, acquisition_date, channel
  from fct_acquisition where acquisition_date <= run_date() and users > 0 and person_id <> user_id
),

-- who begins, and after how many days being active counts: a second visit or order of the first day is not another one
members as (
  select
    'visit_to_visit' as cohort_kind, person_id as member_id, min(visit_date) as start_date, 1 as counts_after,
    min_by(channel, visit_date) as channel, 'all' as campaign_id
  from visit_day where visit_date <= run_date() group by person_id

  union all

  select 'order_to_order', customer_id, min(order_date), 1, min_by(channel, cast(order_date as string) || channel), 'all'
  from orders group by customer_id

  union all

  select 'install_to_order', user_id, acquisition_date, 0, channel, campaign_id
  from fct_acquisition
  where acquisition_kind = 'install' and acquisition_date <= run_date()

  union all

  select
    'sign_up_to_order', s.person_id, s.start_date, 0,
    coalesce(min_by(c.channel, cast(c.acquisition_date as string) || c.user_id), 'unattributed'), 'all'
  from sign_up_ids as s
  left join came as c -- by which channel somebody came is not always known
    on c.any_id = s.any_id
  group by s.person_id, s.start_date
),

active as (
  select 'visit_to_visit' as cohort_kind, person_id as member_id, visit_date as active_date from visit_day
  union all
  select 'order_to_order', customer_id, order_date from orders
  union all
  select 'install_to_order', acquired_user_id, order_date from orders
  union all
  select 'sign_up_to_order', s.person_id, o.order_date from sign_up_ids as s inner join orders as o on o.person_id = s.any_id
  union all
  select 'sign_up_to_order', s.person_id, o.order_date from sign_up_ids as s inner join orders as o on o.user_id = s.any_id
),

begun as (
  select m.*, p.period, p.ages, p.period_start, p.ago
  from members as m
  inner join calendar as p
    on p.date_day = m.start_date
    and p.ago <= p.cohorts
),

reached as (
  select
    b.cohort_kind, b.member_id, b.channel, b.campaign_id, b.period, b.period_start,
    least(b.ago - p.ago, b.ages + 1)                                        as age
  from begun as b
  inner join active as a
    on a.cohort_kind = b.cohort_kind
    and a.member_id = b.member_id
    and days_between(b.start_date, a.active_date) >= b.counts_after
  inner join calendar as p
    on p.date_day = a.active_date
    and p.period = b.period
  group by b.cohort_kind, b.member_id, b.channel, b.campaign_id, b.period, b.period_start, least(b.ago - p.ago, b.ages + 1)
),

lasted as (
  select *, max(age) over (partition by cohort_kind, member_id, period) as last_age
  from reached
),

told as (
  select cohort_kind, period, channel, campaign_id, period_start, 0 as age, 1 as users, 0 as active_users, 0 as last_active_users
  from begun
  union all
  select cohort_kind, period, channel, campaign_id, period_start, age, 0, 1, case when age = last_age then 1 else 0 end
  from lasted
)

select
  run_date()                                                                as as_of_date,
  cohort_kind                                                               as cohort_kind,
  period                                                                    as period,
  channel                                                                   as channel,
  campaign_id                                                               as campaign_id,
  period_start                                                              as cohort_start,
  cast(age as int)                                                          as periods_after,
  cast(sum(users) as bigint)                                                as users,
  cast(sum(active_users) as bigint)                                         as active_users,
  cast(sum(last_active_users) as bigint)                                    as last_active_users
from told
group by cohort_kind, period, channel, campaign_id, period_start, age
