-- one row per campaign, platform and country, numbered from 0
select
  channel,
  campaign_id,
  platform,
  country,
  row_number() over (order by channel, campaign_id, platform, country) - 1 as segment
from (select distinct channel, campaign_id, platform, country from ltv_cohort_daily) as s
