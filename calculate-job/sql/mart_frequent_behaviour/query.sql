-- one row per as-of date, days since the first visit, kind of behaviour and behaviour
with this_month as (
  -- a month that ends today has ended
  select cast(date_trunc('month', add_days(run_date(), 1)) as date) as starts
),

-- the first whole month after the week that begins with the first visit: 31 days after a month's first lie in the next
came as (
  select
    person_id,
    first_visit_date,
    channel,
    platform,
    cast(date_trunc('month', add_days(cast(date_trunc('month', add_days(first_visit_date, 6)) as date), 31)) as date) as month_starts
  from new_visitor
),

asked as (
  select c.*
  from came as c
  cross join this_month as m
  where c.month_starts < m.starts
    and c.month_starts >= cast(date_trunc('month', add_days(m.starts, -63)) as date)
    and days_between(c.first_visit_date, run_date()) >= 36 -- so that 30 days after the week have passed for all
),

visits as (
  select
    a.person_id,
    days_between(a.first_visit_date, v.visit_date)  as age,
    cast(date_trunc('month', v.visit_date) as date) = a.month_starts as in_month
  from asked as a
  inner join visit_day as v
    on v.person_id = a.person_id
    and v.visit_date between a.first_visit_date and run_date()
),

people as (
  select
    a.person_id,
    a.channel,
    a.platform,
    v.days_1,
    v.days_3,
    v.days_7,
    case when v.month_days >= cast(param_frequent_days() as int) then 1 else 0 end as frequent,
    case when v.days_14 > v.days_7 then 1 else 0 end    as returned_7,
    case when v.days_37 > v.days_7 then 1 else 0 end    as returned_30
  from asked as a
  inner join (
    select
      person_id,
      count(*) filter (where in_month)  as month_days,
      count(*) filter (where age < 1)   as days_1,
      count(*) filter (where age < 3)   as days_3,
      count(*) filter (where age < 7)   as days_7,
      count(*) filter (where age < 14)  as days_14,
      count(*) filter (where age < 37)  as days_37
    from visits
    group by person_id
  ) as v
    on v.person_id = a.person_id
),

windows as (
  select 1 as window_days
  union all select 3
  union all select 7
),

wanted_days as (
  select 2 as days
  union all select 3
  union all select 5
),

did as (
  select w.window_days, 'everybody' as behaviour_kind, 'everybody' as behaviour, p.person_id
  from people as p
  cross join windows as w
  union all
  select w.window_days, 'event', e.event, e.person_id
  from first_week_event as e
  cross join windows as w
  where e.first_age < w.window_days
  union all
  select w.window_days, 'visit_days', 'visited on ' || cast(d.days as string) || ' days or more', p.person_id
  from people as p
  cross join windows as w
  cross join wanted_days as d
  where d.days <= case w.window_days when 1 then p.days_1 when 3 then p.days_3 else p.days_7 end
  union all
  select w.window_days, 'channel', p.channel, p.person_id
  from people as p
  cross join windows as w
  union all
  select w.window_days, 'platform', p.platform, p.person_id
  from people as p
  cross join windows as w
),

counted as (
  select
    d.window_days,
    d.behaviour_kind,
    d.behaviour,
    cast(count(*) as double)            as users,
    cast(sum(p.frequent) as double)     as frequent,
    cast(sum(p.returned_7) as double)   as returned_7,
    cast(sum(p.returned_30) as double)  as returned_30
  from did as d
  inner join people as p
    on p.person_id = d.person_id
  group by d.window_days, d.behaviour_kind, d.behaviour
),

beside as (
  select
    c.*,
    c.frequent / c.users                                    as rate,
    e.users - c.users                                       as others,
    e.frequent - c.frequent                                 as frequent_others,
    (e.frequent - c.frequent) / nullif(e.users - c.users, 0) as other_rate,
    c.frequent / nullif(e.frequent, 0)                      as coverage,
    1.959964E0 * 1.959964E0 / c.users                       as z2n -- squared quantile of 97.5 % over the users
  from counted as c
  inner join counted as e
    on e.window_days = c.window_days
    and e.behaviour_kind = 'everybody'
),

spread as (
  select
    *,
    rate / nullif(other_rate, 0)                            as lift,
    case
      when frequent > 0 and frequent_others > 0
        then 1.959964E0 * sqrt(1 / frequent - 1 / users + 1 / frequent_others - 1 / others)
    end                                                     as log_spread,
    sqrt(z2n * (rate * (1 - rate) + z2n / 4))               as wilson
  from beside
)

select
  run_date()                                                as as_of_date,
  cast(window_days as int)                                  as window_days,
  behaviour_kind                                            as behaviour_kind,
  behaviour                                                 as behaviour,
  cast(users as bigint)                                     as users,
  cast(frequent as bigint)                                  as frequent_users,
  rate                                                      as rate,
  round((rate + z2n / 2 - wilson) / (1 + z2n), 6)           as rate_low,
  round((rate + z2n / 2 + wilson) / (1 + z2n), 6)           as rate_high,
  cast(others as bigint)                                    as other_users,
  other_rate                                                as other_rate,
  lift                                                      as lift,
  round(lift * exp(-log_spread), 6)                         as lift_low,
  round(lift * exp(log_spread), 6)                          as lift_high,
  coverage                                                  as coverage,
  returned_7 / users                                        as returned_7,
  returned_30 / users                                       as returned_30,
  users >= 30 and others >= 30                              as is_enough
from spread
