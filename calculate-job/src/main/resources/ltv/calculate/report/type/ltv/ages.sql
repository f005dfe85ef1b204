-- one row per age: what all users are worth until it, and what those had paid whose whole week has reached it
with paid as (
  select
    horizon_days,
    cast(sum(users) as bigint)                                                    as users,
    cast(sum(observed_value) as double) / nullif(cast(sum(users) as double), 0)   as ltv
  from mart_roas_cohort
  where as_of_date = as_of()
    and is_mature
  group by horizon_days
)

select
  m.horizon_days                              as age,
  p.users                                     as reached,
  p.ltv                                       as ltv,
  m.pltv, m.pltv_low_80, m.pltv_high_80, m.pltv_low_50, m.pltv_high_50,
  m.proas, m.proas_low_80, m.proas_high_80,
  m.share_observed                            as share_observed
from mart_ltv_campaign as m
left join paid as p -- nobody has reached the oldest ages
  on p.horizon_days = m.horizon_days
where m.as_of_date = as_of()
  and m.level = 'all'
  and (m.pltv is not null or p.ltv is not null)
order by m.horizon_days
