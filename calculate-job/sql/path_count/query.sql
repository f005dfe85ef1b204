-- one row per as-of date, target, scope, channel, campaign_id, platform and path
-- everybody is in each scope once
with scopes as (
  select age as n, case age when 0 then 'all' when 1 then 'channel' when 2 then 'campaign' else 'platform' end as scope
  from ages(3)
),

cells as (
  select target, channel, campaign_id, platform, path, steps, count(*) as users, sum(conversions) as conversions, sum(value) as value
  from person_path
  where as_of_date = run_date()
  group by target, channel, campaign_id, platform, path, steps
),

counted as (
  select
    c.target,
    s.scope,
    case when s.n in (1, 2) then c.channel else 'all' end   as channel,
    case when s.n = 2 then c.campaign_id else 'all' end     as campaign_id,
    case when s.n = 3 then c.platform else 'all' end        as platform,
    c.path,
    c.steps,
    cast(sum(c.users) as bigint)                            as users,
    cast(sum(c.conversions) as bigint)                      as conversions,
    cast(sum(c.value) as decimal(18, 4))                    as value
  from cells as c
  cross join scopes as s
  group by
    c.target, s.scope, case when s.n in (1, 2) then c.channel else 'all' end, case when s.n = 2 then c.campaign_id else 'all' end,
    case when s.n = 3 then c.platform else 'all' end, c.path, c.steps
),

medians as (
  select
    p.target,
    s.scope,
    case when s.n in (1, 2) then p.channel else 'all' end   as channel,
    case when s.n = 2 then p.campaign_id else 'all' end     as campaign_id,
    case when s.n = 3 then p.platform else 'all' end        as platform,
    p.path,
    percentile_cont(0.5) within group (order by p.hours)    as median_hours
  from person_path as p
  cross join scopes as s
  where p.as_of_date = run_date()
    and p.hours is not null
  group by
    p.target, s.scope, case when s.n in (1, 2) then p.channel else 'all' end, case when s.n = 2 then p.campaign_id else 'all' end,
    case when s.n = 3 then p.platform else 'all' end, p.path
)

select
  run_date()                                        as as_of_date,
  c.target                                          as target,
  c.scope                                           as scope,
  c.channel                                         as channel,
  c.campaign_id                                     as campaign_id,
  c.platform                                        as platform,
  c.path                                            as path,
  c.steps                                           as steps,
  c.users                                           as users,
  c.conversions                                     as conversions,
  c.value                                           as value,
  m.median_hours                                    as median_hours
from counted as c
left join medians as m -- of most paths nobody reached the target
  on m.target = c.target
  and m.scope = c.scope
  and m.channel = c.channel
  and m.campaign_id = c.campaign_id
  and m.platform = c.platform
  and m.path = c.path
