-- one row per week of twelve: what was told of all users, on the weekday of the as-of date, of the age that can be told now
select
  m.as_of_date    as day,
  m.users         as users,
  m.cost          as cost,
  m.pltv          as pltv,
  m.proas         as proas,
  m.payback_days  as payback_days
from mart_ltv_campaign as m
inner join told as t
  on t.horizon_days = m.horizon_days
where m.level = 'all'
  and m.as_of_date between add_days(as_of(), -77) and as_of()
  and days_between(m.as_of_date, as_of()) % 7 = 0
order by m.as_of_date
