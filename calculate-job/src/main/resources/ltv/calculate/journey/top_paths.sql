-- one row per path of thirty users or more among the thirty of its scope that most conversions took
with scoped as (
  select
    *,
    sum(users) over (partition by target, scope, channel, campaign_id, platform) as scope_users,
    sum(conversions) over (partition by target, scope, channel, campaign_id, platform) as scope_conversions
  from path_count
  where as_of_date = run_date()
),

ranked as (
  select
    *,
    row_number() over (
      partition by target, scope, channel, campaign_id, platform order by conversions desc, users desc, path
    ) as path_rank
  from scoped
  where users >= 30
)

select
  cast(as_of_date as string)          as told_date,
  target,
  scope,
  channel,
  campaign_id,
  platform,
  cast(path_rank as string)           as told_rank,
  path,
  cast(steps as string)               as told_steps,
  users,
  conversions,
  cast(value as string)               as told_value,
  median_hours,
  cast(scope_users as bigint)         as scope_users,
  cast(scope_conversions as bigint)   as scope_conversions
from ranked
where path_rank <= 30
order by target, scope, channel, campaign_id, platform, path_rank
