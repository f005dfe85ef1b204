-- one row per week and product, of the five that the week took most for
with best as (
  select product_id, sum(revenue) as taken
  from mart_product_daily
  where report_date between first_day() and as_of()
  group by product_id
  having sum(revenue) > 0
  order by taken desc, product_id
  limit 5
)

select
  b.product_id,
  b.taken,
  week_start(d.report_date)                         as week_start,
  case when sum(d.orders) = 0 then 0 else sum(d.revenue) end as revenue
from best as b
inner join mart_product_daily as d
  on d.product_id = b.product_id
  and d.report_date between add_days(first_day(), -77) and as_of()
group by all
order by b.taken desc, b.product_id, week_start
