-- one row per campaign that cost money in the last thirty days
select
  replace(channel || '|' || coalesce(campaign_id, 'unattributed'), ' > ', ' ') as touch,
  cast(sum(spend) as decimal(18, 4)) as spend
from fct_ad_performance
where report_date between add_days(run_date(), -29) and run_date()
group by replace(channel || '|' || coalesce(campaign_id, 'unattributed'), ' > ', ' ')
having sum(spend) <> 0
