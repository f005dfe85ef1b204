-- one row per report_date, channel, campaign_id, country and os
with profiles as (
  select channel, campaign_id, country, os
  from campaign_profile
  where report_date = run_date()
),

names as (
  select channel, campaign_id, campaign_name
  from dim_campaign
  where valid_from <= run_date()
    and run_date() < valid_to
),

came as (
  select user_id as any_id, acquisition_date, user_id, channel, campaign_id, country, platform
  from fct_acquisition
  where acquisition_date <= run_date() and users > 0
  union all
  select person_id, acquisition_date, user_id, channel, campaign_id, country, platform
  from fct_acquisition
  where acquisition_date <= run_date() and users > 0 and person_id <> user_id
),

sign_up_ids as (
  select person_id, country, platform, person_id as any_id from fct_sign_up where sign_up_date = run_date()
  union all
  select person_id, country, platform, device_key from fct_sign_up where sign_up_date = run_date()
),

credited_sign_ups as (
  select
    s.person_id,
    s.country,
    s.platform,
    c.channel,
    c.campaign_id,
    c.country                                       as acquired_country,
    c.platform                                      as acquired_platform,
    row_number() over (partition by s.person_id order by c.acquisition_date nulls last, c.user_id) as nth
  from sign_up_ids as s
  left join came as c -- who came is not always known
    on c.any_id = s.any_id
),

-- what a reading does not measure is 0 in it
measured as (
  select
    a.channel,
    a.campaign_id,
    case when a.users > 0 then a.country else p.country end as country,
    case when a.users > 0 then a.platform else p.os end as os,
    a.cost_share as spend,
    0 as impressions,
    0 as clicks,
    case when a.acquisition_kind = 'install' then a.users else 0 end as installs,
    a.users as acquisitions,
    0 as sign_ups,
    0 as orders,
    0 as first_orders,
    0 as revenue,
    0 as first_revenue,
    0 as ad_revenue
  from fct_acquisition as a
  left join profiles as p -- what a campaign is for may be unknown
    on p.channel = a.channel and p.campaign_id = a.campaign_id
  where a.acquisition_date = run_date()

  union all

  select
    f.channel, coalesce(f.campaign_id, 'unattributed'), p.country, p.os,
    0, f.impressions, f.clicks, 0, 0, 0, 0, 0, 0, 0, 0
  from fct_ad_performance as f
  left join profiles as p
    on p.channel = f.channel and p.campaign_id = f.campaign_id
  where f.report_date = run_date()

  union all

  select
    coalesce(channel, 'unattributed'), coalesce(campaign_id, 'unattributed'), coalesce(acquired_country, country), coalesce(acquired_platform, platform),
    0, 0, 0, 0, 0, 1, 0, 0, 0, 0, 0
  from credited_sign_ups
  where nth = 1

  union all

  select
    channel, campaign_id, country, platform,
    0, 0, 0, 0, 0, 0,
    case when kind in ('purchase', 'subscription', 'reservation') then 1 else 0 end,
    case when is_first then 1 else 0 end,
    case when kind <> 'ad_revenue' then revenue else 0 end,
    case when is_first then revenue else 0 end,
    case when kind = 'ad_revenue' then revenue else 0 end
  from fct_order
  where order_date = run_date()
)

select
  run_date()                                                      as report_date,
  m.channel                                                       as channel,
  m.campaign_id                                                   as campaign_id,
  max(coalesce(n.campaign_name, m.campaign_id))                   as campaign_name,
  coalesce(m.country, 'unknown')                                  as country,
  coalesce(m.os, 'unknown')                                       as os,
  cast(sum(m.impressions) as bigint)                              as impressions,
  cast(sum(m.clicks) as bigint)                                   as clicks,
  cast(sum(m.spend) as decimal(18, 4))                            as spend,
  cast(sum(m.installs) as bigint)                                 as installs,
  cast(sum(m.acquisitions) as bigint)                             as acquisitions,
  cast(sum(m.sign_ups) as bigint)                                 as sign_ups,
  cast(sum(m.orders) as bigint)                                   as orders,
  cast(sum(m.first_orders) as bigint)                             as first_orders,
  cast(sum(m.orders) - sum(m.first_orders) as bigint)             as returning_orders,
  cast(sum(m.revenue) as decimal(18, 4))                          as revenue,
  cast(sum(m.first_revenue) as decimal(18, 4))                    as first_revenue,
  cast(sum(m.ad_revenue) as decimal(18, 4))                       as ad_revenue
from measured as m
left join names as n -- organic and unattributed are no campaigns of a channel
  on n.channel = m.channel and n.campaign_id = m.campaign_id
group by m.channel, m.campaign_id, coalesce(m.country, 'unknown'), coalesce(m.os, 'unknown')
