-- one row per product that the week saw, or the same days of the week before
with days as (
  select *, report_date >= first_day() as now
  from mart_product_daily
  where report_date between first_day() and as_of()
    or report_date between add_days(first_day(), -7) and add_days(as_of(), -7)
)

select
  product_id,
  coalesce(sum(views) filter (where now), 0)        as views,
  coalesce(sum(viewers) filter (where now), 0)      as viewers,
  coalesce(sum(carts) filter (where now), 0)        as carts,
  coalesce(sum(orders) filter (where now), 0)       as orders,
  coalesce(sum(quantity) filter (where now), 0)     as quantity,
  coalesce(sum(buyers) filter (where now), 0)       as buyers,
  coalesce(sum(orders) filter (where not now), 0)   as orders_before,
  case when coalesce(sum(orders) filter (where now), 0) = 0 then 0 else sum(revenue) filter (where now) end as revenue, -- nothing bought is no money, and known
  case when coalesce(sum(orders) filter (where not now), 0) = 0 then 0 else sum(revenue) filter (where not now) end as revenue_before,
  sum(orders) filter (where now) / nullif(sum(views) filter (where now), 0)          as order_rate,
  sum(repeat_buyers) filter (where now) / nullif(sum(buyers) filter (where now), 0)  as repeat_rate
from days
group by product_id
order by revenue desc nulls last, orders desc, views desc, product_id
