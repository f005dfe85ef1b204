-- one row per week up to the one reported, the oldest first; of the week before a running one, days_alike, revenue_alike and so on are of as many days
with days as (
  select
    *,
    week_start(report_date)                         as week_start
  from mart_product_daily
  where report_date between add_days(first_day(), -77) and as_of()
)

select
  week_start,
  count(distinct report_date)                       as days,
  count(distinct case when report_date <= add_days(as_of(), -7) then report_date end) as days_alike,
  sum(views)                                        as views,
  sum(carts)                                        as carts,
  sum(orders)                                       as orders,
  sum(quantity)                                     as quantity,
  case when sum(orders) = 0 then 0 else sum(revenue) end as revenue, -- nothing was bought: no money, and that is known
  sum(carts) / nullif(sum(views), 0)                as cart_rate,
  sum(repeat_buyers) / nullif(sum(buyers), 0)       as repeat_rate,
  sum(case when report_date <= add_days(as_of(), -7) then orders end)  as orders_alike,
  case
    when sum(case when report_date <= add_days(as_of(), -7) then orders end) = 0 then 0
    else sum(case when report_date <= add_days(as_of(), -7) then revenue end)
  end                                               as revenue_alike,
  sum(case when report_date <= add_days(as_of(), -7) then carts end)
    / nullif(sum(case when report_date <= add_days(as_of(), -7) then views end), 0) as cart_rate_alike,
  sum(case when report_date <= add_days(as_of(), -7) then repeat_buyers end)
    / nullif(sum(case when report_date <= add_days(as_of(), -7) then buyers end), 0) as repeat_rate_alike
from days
group by week_start
order by week_start
