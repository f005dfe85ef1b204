-- one row per report_date and channel
select
  report_date                                       as report_date,
  channel                                           as channel,
  cast(sum(impressions) as bigint)                  as impressions,
  cast(sum(clicks) as bigint)                       as clicks,
  cast(sum(spend) as decimal(18, 4))                as spend,
  cast(sum(installs) as bigint)                     as installs,
  cast(sum(acquisitions) as bigint)                 as acquisitions,
  cast(sum(orders) as bigint)                       as orders,
  cast(sum(revenue) as decimal(18, 4))              as revenue,
  cast(sum(ad_revenue) as decimal(18, 4))           as ad_revenue
from mart_campaign_daily
where report_date = run_date()
group by report_date, channel
