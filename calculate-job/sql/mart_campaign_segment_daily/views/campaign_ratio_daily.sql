-- a campaign's ratios of a day, divided from sums: ratios cannot be added up
select
  report_date                                                     as report_date,
  channel                                                         as channel,
  campaign_id                                                     as campaign_id,
  campaign_name                                                   as campaign_name,
  sum(spend)                                                      as spend,
  1.000000 * sum(clicks) / nullif(sum(impressions), 0)            as clickthrough_rate,
  sum(spend) / nullif(sum(clicks), 0)                             as cost_per_click,
  1000 * sum(spend) / nullif(sum(impressions), 0)                 as cost_per_mille,
  1.000000 * sum(installs) / nullif(sum(clicks), 0)               as installs_per_click,
  sum(spend) / nullif(sum(installs), 0)                           as cost_per_install,
  sum(spend) / nullif(sum(acquisitions), 0)                       as cost_per_acquisition,
  sum(spend) / nullif(sum(sign_ups), 0)                           as cost_per_sign_up,
  sum(spend) / nullif(sum(first_orders), 0)                       as cost_per_first_order,
  sum(revenue) / nullif(sum(orders), 0)                           as average_order_value,
  1.000000 * sum(returning_orders) / nullif(sum(orders), 0)       as returning_order_share,
  1.000000 * sum(revenue) / nullif(sum(spend), 0)                 as revenue_of_day_per_spend
from mart_campaign_segment_daily
group by report_date, channel, campaign_id, campaign_name
