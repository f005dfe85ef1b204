-- one row per country: its entry in the dictionary, by itself for those with most users while rows suffice
with countries as (
  select
    m.country,
    sum(m.users)                            as users,
    count(distinct (p.place, m.platform))   as segments
  from mart_ltv_campaign as m
  inner join campaign_place as p
    on p.channel = m.channel
    and p.campaign_id = m.campaign_id
  where m.as_of_date = as_of()
    and m.level = 'segment'
    and m.horizon_days = (select min(age) from shown_age)
  group by m.country
),

ranked as (
  select
    country,
    users,
    sum(segments) over (order by users desc, country rows unbounded preceding) * (select count(*) from shown_age) as rows_so_far,
    sum(segments) over () * (select count(*) from shown_age) as rows_of_all
  from countries
),

named as (
  select
    country,
    users,
    case
      when rows_of_all <= cast(most_country_rows() as int) or rows_so_far <= cast(most_country_rows() as int) then country
      else other_id()
    end as shown
  from ranked
)

select
  country,
  shown,
  dense_rank() over (order by shown = other_id(), shown) - 1 as place
from named
order by place, country
