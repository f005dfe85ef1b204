-- one row per scope of thirty users or more
select
  row_number() over (order by target, scope, channel, campaign_id, platform) - 1 as scope_no,
  cast(max(as_of_date) as string) as as_of_date,
  target,
  scope,
  channel,
  campaign_id,
  platform
from path_count
where as_of_date = run_date()
group by target, scope, channel, campaign_id, platform
having sum(users) >= 30
