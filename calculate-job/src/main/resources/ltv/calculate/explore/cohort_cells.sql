-- one row per entry of the dictionary of campaigns, week and age
with orders as (
  select
    channel,
    campaign_id,
    week_start(cohort_date)   as cohort_week,
    age_days                  as age,
    sum(orders)               as orders
  from mart_ltv_curve
  where as_of_date = as_of()
    and age_days in (select age from shown_age)
    and cohort_date >= add_days(as_of(), -(select max(age) from shown_age))
  group by channel, campaign_id, week_start(cohort_date), age_days
)

select
  p.place                                                                           as campaign,
  w.place                                                                           as week,
  a.place                                                                           as age,
  sum(r.users)                                                                      as users,
  sum(r.cost)                                                                       as cost,
  -- where nobody came, a cohort is as old as its last day
  min(case when r.is_mature and (r.users > 0 or add_days(r.cohort_week, 6 + r.horizon_days) <= as_of()) then 1 else 0 end) as is_mature,
  sum(r.observed_value)                                                             as observed,
  case when count(*) = count(r.expected_value) then sum(r.expected_value) end       as expected,
  case when count(*) = count(coalesce(r.pltv_low_80, r.proas_low_80))
    then sum(coalesce(r.pltv_low_80 * r.users, r.proas_low_80 * cast(r.cost as double))) end    as low,
  case when count(*) = count(coalesce(r.pltv_high_80, r.proas_high_80))
    then sum(coalesce(r.pltv_high_80 * r.users, r.proas_high_80 * cast(r.cost as double))) end  as high,
  coalesce(sum(o.orders), 0)                                                        as orders
from mart_roas_cohort as r
inner join campaign_place as p
  on p.channel = r.channel
  and p.campaign_id = r.campaign_id
inner join shown_week as w
  on w.cohort_week = r.cohort_week
inner join shown_age as a
  on a.age = r.horizon_days
left join orders as o -- nobody came, or none has reached the age
  on o.channel = r.channel
  and o.campaign_id = r.campaign_id
  and o.cohort_week = r.cohort_week
  and o.age = r.horizon_days
where r.as_of_date = as_of()
group by p.place, w.place, a.place
order by campaign, week, age
