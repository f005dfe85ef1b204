-- one row per as-of date, kind of cohort, period, level, channel, campaign, cohort (or the mean of all) and number of periods after
with activity as (
  select
    'all' as level, cohort_kind, period, 'all' as channel, 'all' as campaign_id, cohort_start, periods_after, users, active_users, last_active_users
  from retention_activity
  union all
  select 'channel', cohort_kind, period, channel, 'all', cohort_start, periods_after, users, active_users, last_active_users
  from retention_activity
  union all
  select
    'campaign', cohort_kind, period, channel, campaign_id, cohort_start,
    case period when 'week' then least(periods_after, 27) else periods_after end, -- what is later than 26 weeks is one
    users, active_users, last_active_users
  from retention_activity
  where cohort_kind = 'install_to_order'
    and period <> 'day' -- a campaign's users of one day are few
),

summed as (
  select
    level, cohort_kind, period, channel, campaign_id, cohort_start, periods_after,
    sum(users)                                                      as users,
    sum(active_users)                                               as active_users,
    sum(last_active_users)                                          as last_active_users
  from activity
  group by level, cohort_kind, period, channel, campaign_id, cohort_start, periods_after
),

cohorts as (
  select
    level, cohort_kind, period, channel, campaign_id, cohort_start, users,
    case period when 'day' then 60 when 'month' then 23 when 'week' then case level when 'campaign' then 26 else 52 end end as ages,
    -- the cohort's month, and how many periods ago it began
    12 * extract(year from cohort_start) + extract(month from cohort_start) - 1 as month_no,
    case period
      when 'day' then days_between(cohort_start, run_date())
      when 'week' then floor(days_between(cohort_start, run_date()) / 7.0)
      else 12 * (extract(year from run_date()) - extract(year from cohort_start)) + extract(month from run_date()) - extract(month from cohort_start)
    end                                                             as ago
  from summed
  where periods_after = 0
    and (level <> 'campaign' or period <> 'week' or cohort_start >= add_days(week_start(run_date()), -364))
),

-- every period until the as-of date, and the first twelve of a cohort in any case, so that a table has its shape
grid as (
  select
    c.*,
    n.age,
    c.month_no + n.age                                              as month_then
  from cohorts as c
  inner join ages(61) as n
    on n.age <= c.ages + 1
    and n.age <= greatest(c.ago, 11)
),

dated as (
  select
    *,
    case period
      when 'day' then add_days(cohort_start, age)
      when 'week' then add_days(cohort_start, 7 * age)
      else cast(
        cast(cast(floor(month_then / 12.0) as int) as string) || '-'
          || substring(cast(cast(101 + month_then - 12 * floor(month_then / 12.0) as int) as string), 2, 2) || '-01' as date)
    end                                                             as cell_start
  from grid
),

ended as (
  select
    *,
    case period
      when 'day' then cell_start
      when 'week' then add_days(cell_start, 6)
      else add_days(cast(substring(cast(add_days(cell_start, 31) as string), 1, 8) || '01' as date), -1)
    end                                                             as cell_end
  from dated
),

cells as (
  select
    e.*,
    case when e.cell_end <= run_date() then 'complete' when e.cell_start <= run_date() then 'partial' else 'future' end as cell_state,
    case when e.cell_start <= run_date() then coalesce(s.active_users, 0) end as active_users,
    case when e.cell_start <= run_date() then
      sum(coalesce(s.last_active_users, 0)) over (
        partition by e.level, e.cohort_kind, e.period, e.channel, e.campaign_id, e.cohort_start order by e.age desc
        rows between unbounded preceding and current row
      )
    end                                                             as active_users_or_later
  from ended as e
  left join summed as s -- most periods of a small cohort see nobody
    on s.level = e.level
    and s.cohort_kind = e.cohort_kind
    and s.period = e.period
    and s.channel = e.channel
    and s.campaign_id = e.campaign_id
    and s.cohort_start = e.cohort_start
    and s.periods_after = e.age
),

names as (
  select channel, campaign_id, max(campaign_name) as campaign_name
  from fct_acquisition where acquisition_date <= run_date() group by channel, campaign_id
),

-- a cohort's cells, and below them the mean of all cohorts whose period is over, weighted by their users
lines as (
  select
    'cohort' as row_kind, level, cohort_kind, period, channel, campaign_id, cohort_start, age, cell_start, cell_end, cell_state,
    1 as cohorts, users, active_users, active_users_or_later
  from cells
  where age <= ages
  union all
  select
    'mean', level, cohort_kind, period, channel, campaign_id, cast(null as date), age, cast(null as date), cast(null as date), 'complete',
    count(*), sum(users), sum(active_users), sum(active_users_or_later)
  from cells
  where age <= ages and cell_state = 'complete'
  group by level, cohort_kind, period, channel, campaign_id, age
)

select
  run_date()                                                        as as_of_date,
  l.cohort_kind                                                     as cohort_kind,
  l.period                                                          as period,
  l.level                                                           as level,
  l.channel                                                         as channel,
  l.campaign_id                                                     as campaign_id,
  coalesce(n.campaign_name, l.campaign_id)                          as campaign_name,
  l.row_kind                                                        as row_kind,
  l.cohort_start                                                    as cohort_start,
  cast(l.age as int)                                                as periods_after,
  l.cell_start                                                      as cell_start,
  l.cell_end                                                        as cell_end,
  l.cell_state                                                      as cell_state,
  cast(l.cohorts as bigint)                                         as cohorts,
  cast(l.users as bigint)                                           as users,
  l.users < 30                                                      as is_small,
  cast(l.active_users as bigint)                                    as active_users,
  cast(l.active_users_or_later as bigint)                           as active_users_or_later,
  cast(l.active_users as double) / nullif(cast(l.users as double), 0) as retention,
  cast(l.active_users_or_later as double) / nullif(cast(l.users as double), 0) as retention_or_later
from lines as l
left join names as n -- sums have no name
  on n.channel = l.channel and n.campaign_id = l.campaign_id
