-- one row per sum that the mart has a band of, over all weeks, and age: of all, of a channel, of a campaign
select
  coalesce(h.place, -1)                                                             as channel,
  coalesce(p.place, -1)                                                             as campaign,
  a.place                                                                           as age,
  cast(m.observed_value + m.expected_value as double)                               as value,
  coalesce(m.pltv_low_80 * m.users, m.proas_low_80 * cast(m.cost as double))        as low,
  coalesce(m.pltv_high_80 * m.users, m.proas_high_80 * cast(m.cost as double))      as high
from mart_ltv_campaign as m
inner join shown_age as a
  on a.age = m.horizon_days
left join shown_channel as h -- the sum of all has none
  on h.channel = m.channel
left join campaign_place as p -- sums of more than one campaign have none
  on m.level = 'campaign'
  and p.channel = m.channel
  and p.campaign_id = m.campaign_id
  and p.is_own
where m.as_of_date = as_of()
  and (m.level = 'all' or (m.level = 'channel' and h.place is not null) or p.place is not null)
order by channel, campaign, age
