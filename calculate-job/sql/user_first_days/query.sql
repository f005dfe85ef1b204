-- one row per user who ended the first three days on the day
with came as (
  select
    acquisition_date,
    user_id,
    person_id,
    channel,
    campaign_id,
    coalesce(platform, 'unknown')   as platform,
    coalesce(country, 'unknown')    as country
  from fct_acquisition
  where days_between(acquisition_date, run_date()) = 2
    and users > 0
),

paid as (
  select
    acquired_user_id                                                                    as user_id,
    count(distinct case when kind not in ('refund', 'ad_revenue') then order_date end)  as purchase_days,
    sum(case when kind <> 'ad_revenue' then revenue else 0 end)                         as revenue,
    sum(case when kind = 'ad_revenue' then revenue else 0 end)                          as ad_revenue
  from fct_order
  where days_between(order_date, run_date()) between 0 and 2
    and acquired_user_id is not null
  group by acquired_user_id
),

used as (
  select
    person_id,
    count(*) as sessions
  from fct_session
  where days_between(session_date, run_date()) between 0 and 2
    and person_id is not null
  group by person_id
)

select
  run_date()                                                as seen_date,
  c.acquisition_date                                        as acquisition_date,
  c.user_id                                                 as user_id,
  c.channel                                                 as channel,
  c.campaign_id                                             as campaign_id,
  c.platform                                                as platform,
  c.country                                                 as country,
  cast(coalesce(p.purchase_days, 0) as bigint)              as purchase_days,
  cast(coalesce(p.revenue, 0) as decimal(18, 4))            as revenue,
  cast(coalesce(p.ad_revenue, 0) as decimal(18, 4))         as ad_revenue,
  cast(coalesce(u.sessions, 0) as bigint)                   as sessions
from came as c
left join paid as p -- most have not paid
  on p.user_id = c.user_id
left join used as u -- sessions are not known of everybody
  on u.person_id = c.person_id
