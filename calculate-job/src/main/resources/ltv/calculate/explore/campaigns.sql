-- one row per channel and campaign: whether it is shown by itself, or among the others of its channel
with sizes as (
  select
    count(distinct channel)       as channels,
    count(distinct horizon_days)  as ages,
    min(horizon_days)             as first_age
  from mart_roas_cohort
  where as_of_date = as_of()
),

platforms as (
  select
    channel,
    campaign_id,
    count(distinct platform) as platforms
  from mart_ltv_campaign
  where as_of_date = as_of()
    and level = 'segment'
  group by channel, campaign_id
),

most_platforms as (
  select count(distinct platform) as platforms
  from mart_ltv_campaign
  where as_of_date = as_of()
    and level = 'segment'
),

-- what the attribution source calls those that no ad account tells of
names as (
  select
    channel,
    campaign_id,
    max(campaign_name) as campaign_name
  from mart_ltv_campaign
  where as_of_date = as_of()
    and level = 'campaign'
  group by channel, campaign_id
),

campaigns as (
  select
    r.channel,
    r.campaign_id,
    coalesce(max(n.campaign_name), max(r.campaign_name))  as campaign_name,
    count(*)                                              as weeks,
    sum(r.users)                                          as users,
    sum(r.cost)                                           as cost
  from mart_roas_cohort as r
  inner join shown_week as w
    on w.cohort_week = r.cohort_week
  cross join sizes as s
  left join names as n -- one that is told of by week only
    on n.channel = r.channel
    and n.campaign_id = r.campaign_id
  where r.as_of_date = as_of()
    and r.horizon_days = s.first_age
  group by r.channel, r.campaign_id
),

-- a campaign costs its weeks, itself over all weeks, and its platforms, each at every age
sized as (
  select
    c.*,
    s.ages * (c.weeks + 1 + coalesce(p.platforms, 0))                                   as own_rows,
    s.ages * (1 + s.channels)                                                           as sum_rows,
    s.ages * (1 + s.channels * ((select count(*) from shown_week) + 1 + m.platforms))   as other_rows
  from campaigns as c
  cross join sizes as s
  cross join most_platforms as m
  left join platforms as p -- one that is told of by week only
    on p.channel = c.channel
    and p.campaign_id = c.campaign_id
),

ranked as (
  select
    *,
    row_number() over (order by cost desc, users desc, channel, campaign_id) as rank,
    sum(own_rows) over (order by cost desc, users desc, channel, campaign_id rows unbounded preceding) + other_rows as rows_with_others,
    sum(own_rows) over () + sum_rows as rows_of_all
  from sized
)

select
  channel,
  campaign_id,
  campaign_name,
  users,
  cost,
  rank,
  rows_of_all <= cast(most_rows() as int) or rows_with_others <= cast(most_rows() as int) as is_own
from ranked
order by rank
