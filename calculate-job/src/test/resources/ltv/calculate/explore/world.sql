-- a shop of as many campaigns, weeks, channels and countries as asked for, each number of which follows from its place
create temp table place as
  select
    cast(c as int) as c,
    case when c % cast(channels() as int) = 0 then 'organic' else 'channel_' || c % cast(channels() as int) end as channel,
    'c' || c as campaign_id
  from range(cast(campaigns() as int)) as r(c);

create temp table age as
  select cast(unnest([0, 1, 3, 7, 14, 30, 60, 90, 180, 360]) as int) as h;

create temp table valued as
  select
    p.*,
    cast(date '2026-11-09' - cast(7 * k as int) as date)      as cohort_week,
    h,
    7 * k                                                     as youngest,
    20 + (c * 7 + k * 3) % 50                                 as users,
    case when channel = 'organic' then 0 else (20 + (c * 7 + k * 3) % 50) * 1000 * (1 + c % 5) end as cost,
    round((20 + (c * 7 + k * 3) % 50) * 500 * ln(2 + h), 2)   as value,
    round((20 + (c * 7 + k * 3) % 50) * 500 * ln(2 + least(h, 7 * k)), 2) as paid
  from place as p, range(cast(weeks() as int)) as r(k), age;

create temp table mart_roas_cohort as
  select
    as_of()                                                   as as_of_date,
    channel,
    campaign_id,
    'Campaign ' || c                                          as campaign_name,
    cohort_week,
    h                                                         as horizon_days,
    cast(users as bigint)                                     as users,
    cast(cost as decimal(18, 4))                              as cost,
    youngest >= h                                             as is_mature,
    cast(paid as decimal(18, 4))                              as observed_value,
    cast(value - paid as decimal(18, 4))                      as expected_value,
    (paid + (value - paid) * .8) / users                      as pltv_low_80,
    (paid + (value - paid) * 1.3) / users                     as pltv_high_80,
    (paid + (value - paid) * .8) / nullif(cost, 0)            as proas_low_80,
    (paid + (value - paid) * 1.3) / nullif(cost, 0)           as proas_high_80
  from valued;

create temp table mart_ltv_curve as
  select
    as_of()                                                   as as_of_date,
    cohort_week                                               as cohort_date,
    channel,
    campaign_id,
    h                                                         as age_days,
    cast(users as bigint)                                     as users,
    cast(users // 10 + h as bigint)                           as orders
  from valued
  where youngest >= h;

create temp table mart_ltv_campaign as
  with whole as (
    select channel, campaign_id, c, h, sum(users) as users, sum(cost) as cost, sum(paid) as paid, sum(value) as value, sum(users) filter (where youngest >= h) as mature
    from valued
    where youngest <= 360
    group by channel, campaign_id, c, h
  ),

  groups as (
    select 'all' as level, 'all' as channel, 'all' as campaign_id, 'all' as name, 'all' as platform, 'all' as country, h, users, cost, paid, value, mature
    from whole
    union all
    select 'channel', channel, 'all', 'all', 'all', 'all', h, users, cost, paid, value, mature
    from whole
    union all
    select 'campaign', channel, campaign_id, 'Campaign ' || c, 'all', 'all', h, users, cost, paid, value, mature
    from whole
    union all
    select 'segment', channel, campaign_id, 'Campaign ' || c, p, 'c' || k, h, users // (2 * cast(countries() as int)), cost / 2 / cast(countries() as int), paid / 2 / cast(countries() as int), value / 2 / cast(countries() as int), mature // (2 * cast(countries() as int))
    from whole, (select unnest(['android', 'ios']) as p) as platforms, range(cast(countries() as int)) as r(k)
  )

  select
    as_of()                                                   as as_of_date,
    level, channel, campaign_id,
    max(name)                                                 as campaign_name,
    platform, country,
    h                                                         as horizon_days,
    sum(users)                                                as users,
    cast(sum(cost) as decimal(18, 4))                         as cost,
    sum(mature)                                               as mature_users,
    cast(sum(paid) as decimal(18, 4))                         as observed_value,
    cast(sum(value - paid) as decimal(18, 4))                 as expected_value,
    (sum(paid) + sum(value - paid) * .9) / sum(users)         as pltv_low_80,
    (sum(paid) + sum(value - paid) * 1.15) / sum(users)       as pltv_high_80,
    (sum(paid) + sum(value - paid) * .9) / nullif(sum(cost), 0)     as proas_low_80,
    (sum(paid) + sum(value - paid) * 1.15) / nullif(sum(cost), 0)   as proas_high_80
  from groups
  group by level, channel, campaign_id, platform, country, h
