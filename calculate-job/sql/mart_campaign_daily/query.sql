-- one row per report_date, channel and campaign_id
with delivery as (
  select
    report_date,
    channel,
    coalesce(campaign_id, 'unattributed') as campaign_id,
    sum(impressions)                      as impressions,
    sum(clicks)                           as clicks,
    sum(spend)                            as spend
  from fct_ad_performance
  where report_date = run_date()
  group by report_date, channel, coalesce(campaign_id, 'unattributed')
),

acquired as (
  select
    acquisition_date                                             as report_date,
    channel,
    campaign_id,
    max(campaign_name)                                           as campaign_name,
    sum(users)                                                   as acquisitions,
    sum(users) filter (where acquisition_kind = 'install')       as installs
  from fct_acquisition
  where acquisition_date = run_date()
  group by acquisition_date, channel, campaign_id
),

ordered as (
  select
    order_date                                                    as report_date,
    channel,
    campaign_id,
    count(*) filter (where kind not in ('refund', 'ad_revenue'))  as orders,
    sum(revenue) filter (where kind <> 'ad_revenue')              as revenue,
    sum(revenue) filter (where kind = 'ad_revenue')               as ad_revenue
  from fct_order
  where order_date = run_date()
  group by order_date, channel, campaign_id
),

-- the name on the day
names as (
  select
    channel,
    campaign_id,
    campaign_name
  from dim_campaign
  where valid_from <= run_date()
    and run_date() < valid_to
),

joined as (
  select
    coalesce(d.report_date, a.report_date, o.report_date)   as report_date,
    coalesce(d.channel, a.channel, o.channel)               as channel,
    coalesce(d.campaign_id, a.campaign_id, o.campaign_id)   as campaign_id,
    a.campaign_name,
    d.impressions,
    d.clicks,
    d.spend,
    a.installs,
    a.acquisitions,
    o.orders,
    o.revenue,
    o.ad_revenue
  from delivery as d
  full join acquired as a -- spend before the first install, organic installs have no spend
    on a.channel = d.channel
    and a.campaign_id = d.campaign_id
  full join ordered as o -- users keep ordering after their campaign has ended
    on o.channel = coalesce(d.channel, a.channel)
    and o.campaign_id = coalesce(d.campaign_id, a.campaign_id)
)

select
  j.report_date                                                   as report_date,
  j.channel                                                       as channel,
  j.campaign_id                                                   as campaign_id,
  coalesce(n.campaign_name, j.campaign_name, j.campaign_id)       as campaign_name,
  cast(coalesce(j.impressions, 0) as bigint)                      as impressions,
  cast(coalesce(j.clicks, 0) as bigint)                           as clicks,
  cast(coalesce(j.spend, 0) as decimal(18, 4))                    as spend,
  cast(coalesce(j.installs, 0) as bigint)                         as installs,
  cast(coalesce(j.acquisitions, 0) as bigint)                     as acquisitions,
  cast(coalesce(j.orders, 0) as bigint)                           as orders,
  cast(coalesce(j.revenue, 0) as decimal(18, 4))                  as revenue,
  cast(coalesce(j.ad_revenue, 0) as decimal(18, 4))               as ad_revenue
from joined as j
left join names as n -- organic and unattributed are no campaigns of a channel
  on n.channel = j.channel
  and n.campaign_id = j.campaign_id
