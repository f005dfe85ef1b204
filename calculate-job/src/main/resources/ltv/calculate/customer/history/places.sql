-- customers with the day of their first order and a place by a hash of their id, so that a sample of them is the same on every engine and day
select
  customer_id,
  text_hash(customer_id)    as place,
  min(order_date)           as first_order_date
from customer_day
group by customer_id
