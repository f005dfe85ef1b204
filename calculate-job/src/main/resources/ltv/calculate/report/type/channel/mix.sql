-- one row per channel that was told of a week before: how much of the change of what a user is worth is because its users came by other campaigns
with campaigns as (
  select
    m.as_of_date,
    m.channel,
    m.campaign_id,
    m.pltv,
    m.users / sum(cast(m.users as double)) over (partition by m.as_of_date, m.channel) as share
  from mart_ltv_campaign as m
  inner join told as t
    on t.horizon_days = m.horizon_days
  where m.level = 'campaign'
    and m.as_of_date in (as_of(), add_days(as_of(), -7))
    and m.users > 0
),

-- a campaign that is new or gone counts as mix
matched as (
  select
    coalesce(n.channel, b.channel)                                                            as channel,
    coalesce(n.share * n.pltv, 0) - coalesce(b.share * b.pltv, 0)                              as moved,
    case when n.pltv is not null and b.pltv is not null then n.share * (n.pltv - b.pltv) else 0 end as within_campaigns,
    coalesce(b.share * b.pltv, 0)                                                              as before,
    n.campaign_id is not null and n.pltv is null
    or b.campaign_id is not null and b.pltv is null                                            as is_unknown
  from (select * from campaigns where as_of_date = as_of()) as n
  full join (select * from campaigns where as_of_date = add_days(as_of(), -7)) as b -- campaigns come and go
    on b.channel = n.channel
    and b.campaign_id = n.campaign_id
)

select
  channel                                                        as channel,
  (sum(moved) - sum(within_campaigns)) / nullif(sum(before), 0)  as by_mix
from matched
group by channel
having not bool_or(is_unknown)
order by channel
