-- one row per entry of the dictionary of campaigns, platform, country and age
select
  p.place                                                                           as campaign,
  f.place                                                                           as platform,
  c.place                                                                           as country,
  a.place                                                                           as age,
  sum(m.users)                                                                      as users,
  sum(m.cost)                                                                       as cost,
  -- what brought nobody has nobody to wait for
  case when sum(m.users) = 0 then 0 else min(case when m.mature_users = m.users then 1 else 0 end) end as is_mature,
  sum(m.observed_value)                                                             as observed,
  case when count(*) = count(m.expected_value) then sum(m.expected_value) end       as expected,
  case when count(*) = count(coalesce(m.pltv_low_80, m.proas_low_80))
    then sum(coalesce(m.pltv_low_80 * m.users, m.proas_low_80 * cast(m.cost as double))) end    as low,
  case when count(*) = count(coalesce(m.pltv_high_80, m.proas_high_80))
    then sum(coalesce(m.pltv_high_80 * m.users, m.proas_high_80 * cast(m.cost as double))) end  as high
from mart_ltv_campaign as m
inner join campaign_place as p
  on p.channel = m.channel
  and p.campaign_id = m.campaign_id
inner join shown_platform as f
  on f.platform = m.platform
inner join shown_country as c
  on c.country = m.country
inner join shown_age as a
  on a.age = m.horizon_days
where m.as_of_date = as_of()
  and m.level = 'segment'
group by p.place, f.place, c.place, a.place
order by campaign, platform, country, age
