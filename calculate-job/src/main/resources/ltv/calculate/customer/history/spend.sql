-- customers who bought on a later day than their first until seen_day(), or after it: how often and how much each time, then and until until_day()
select
  times,
  each,
  times_after,
  spent_after
from (
  select
    cast(sum(case when d.order_date > f.first_order_date and d.order_date <= seen_day() then 1 else 0 end) as double) as times,
    coalesce(cast(sum(case when d.order_date > f.first_order_date and d.order_date <= seen_day() then d.revenue end) as double)
      / sum(case when d.order_date > f.first_order_date and d.order_date <= seen_day() then 1 else 0 end), 0) as each,
    cast(sum(case when d.order_date > seen_day() then 1 else 0 end) as double) as times_after,
    cast(sum(case when d.order_date > seen_day() then d.revenue else 0 end) as double) as spent_after
  from customer_day as d
  inner join (
    select
      customer_id,
      min(order_date) as first_order_date
    from customer_day
    group by customer_id
    having min(order_date) <= seen_day()
  ) as f
    on f.customer_id = d.customer_id
  where d.order_date <= until_day()
  group by d.customer_id
) as customers
where times > 0
  or times_after > 0
order by times, each, times_after, spent_after
