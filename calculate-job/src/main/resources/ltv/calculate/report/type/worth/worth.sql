-- one row per level, channel and campaign: what its users are worth until the longest age up to 180 days that can be told, now and as it was told a week before
with ages as (
  select
    level,
    channel,
    campaign_id,
    max(case when horizon_days = 7 then roas end)          as roas_7,
    max(case when horizon_days = 7 then mature_users end)  as reached_7,
    max(case when horizon_days = 30 then roas end)         as roas_30,
    max(case when horizon_days = 30 then mature_users end) as reached_30,
    max(case when horizon_days = 60 then roas end)         as roas_60,
    max(case when horizon_days = 60 then mature_users end) as reached_60,
    max(case when horizon_days = 90 then roas end)         as roas_90,
    max(case when horizon_days = 90 then mature_users end) as reached_90
  from mart_ltv_campaign
  where as_of_date = as_of()
    and level in ('all', 'channel', 'campaign')
  group by level, channel, campaign_id
),

worth as (
  select m.*
  from mart_ltv_campaign as m
  inner join told as t
    on t.horizon_days = m.horizon_days
  where m.level in ('all', 'channel', 'campaign')
)

select
  n.level, n.channel, n.campaign_id, n.campaign_name, n.horizon_days, n.users, n.status,
  cast(n.cost as double) as cost,
  case when n.users > 0 then n.cpi end                     as cpi,
  n.pltv, n.pltv_low_80, n.pltv_high_80,
  -- of a cost that nobody is known to have come by, nothing can be said
  case when n.users > 0 then n.proas end                   as proas,
  case when n.users > 0 then n.proas_low_80 end            as proas_low_80,
  case when n.users > 0 then n.proas_high_80 end           as proas_high_80,
  n.payback_days, n.payback_days_low, n.payback_days_high,
  case when n.users > 0 then a.roas_7 end                  as roas_7,
  case when n.users > 0 then a.roas_30 end                 as roas_30,
  case when n.users > 0 then a.roas_60 end                 as roas_60,
  case when n.users > 0 then a.roas_90 end                 as roas_90,
  a.reached_7, a.reached_30, a.reached_60, a.reached_90,
  case when b.users > 0 then b.cpi end                     as cpi_before,
  b.pltv                                                   as pltv_before,
  case when b.users > 0 then b.proas end                   as proas_before,
  case when b.users > 0 then b.proas_low_80 end            as proas_low_80_before,
  case when b.users > 0 then b.proas_high_80 end           as proas_high_80_before,
  b.payback_days                                           as payback_days_before,
  b.payback_days_low                                       as payback_days_low_before,
  b.payback_days_high                                      as payback_days_high_before
from worth as n
inner join ages as a
  on a.level = n.level
  and a.channel = n.channel
  and a.campaign_id = n.campaign_id
left join worth as b -- a new campaign was not told of a week before
  on b.as_of_date = add_days(as_of(), -7)
  and b.level = n.level
  and b.channel = n.channel
  and b.campaign_id = n.campaign_id
where n.as_of_date = as_of()
order by n.level, n.cost desc, n.channel, n.campaign_id
