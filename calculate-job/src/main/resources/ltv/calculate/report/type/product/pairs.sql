-- one row per pair, told from the side of which more buy the other too; those that chance does not explain first
with sides as (
  select
    *,
    row_number() over (
      partition by least(product_id, with_product_id), greatest(product_id, with_product_id) order by confidence desc, product_id
    ) as side
  from mart_product_pair
  where as_of_date = as_of()
)

select product_id, with_product_id, orders_together, orders, support, confidence, lift, lift_low_95
from sides
where side = 1
order by lift_low_95 > 1 desc, lift_low_95 desc, product_id, with_product_id
limit 20
