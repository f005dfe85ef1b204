-- one row per as-of date and two products in one order, told from each side
with orders as (
  select order_key, order_date, product_id
  from product_order
  where order_date between add_days(run_date(), -89) and run_date()
),

everything as (
  select count(*) as all_orders
  from (select distinct order_date, order_key from orders) as each_order
),

-- two products are together at most as often as each of them is bought
products as (
  select product_id, count(*) as orders
  from orders
  group by product_id
  having count(*) >= 10
),

sold as (
  select o.order_key, o.order_date, o.product_id
  from orders as o
  inner join products as p
    on p.product_id = o.product_id
),

pairs as (
  select
    a.product_id,
    b.product_id                                    as with_product_id,
    count(*)                                        as orders_together
  from sold as a
  inner join sold as b
    on b.order_date = a.order_date
    and b.order_key = a.order_key
    and b.product_id <> a.product_id
  group by a.product_id, b.product_id
  having count(*) >= 10
),

rated as (
  select
    t.product_id,
    t.with_product_id,
    t.orders_together,
    p.orders,
    w.orders                                        as orders_with,
    e.all_orders,
    cast(t.orders_together as double)               as k,
    cast(p.orders as double)                        as n,
    cast(w.orders as double) / cast(e.all_orders as double) as base
  from pairs as t
  inner join products as p
    on p.product_id = t.product_id
  inner join products as w
    on w.product_id = t.with_product_id
  cross join everything as e
),

-- the lower end of Wilson's interval of 95 % of the confidence
bounded as (
  select
    *,
    (k / n + 1.9208e0 / n - 1.96e0 * sqrt(k * (n - k) / (n * n * n) + 0.9604e0 / (n * n))) / (1e0 + 3.8416e0 / n) as low
  from rated
)

select
  run_date()                                        as as_of_date,
  product_id                                        as product_id,
  with_product_id                                   as with_product_id,
  orders_together                                   as orders_together,
  orders                                            as orders,
  orders_with                                       as orders_with,
  all_orders                                        as all_orders,
  k / cast(all_orders as double)                    as support,
  k / n                                             as confidence,
  round(k / n / base, 10)                           as lift,
  round(low / base, 10)                             as lift_low_95
from bounded
