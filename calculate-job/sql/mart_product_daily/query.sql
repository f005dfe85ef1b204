-- one row per report_date and product that was looked at, put into a cart or bought
with looks as (
  select
    event,
    product_id,
    coalesce(person_id, device_key)                 as actor_id,
    case source when 'ga4_export' then 1 when 'mixpanel' then 2 else 3 end as place
  from fct_event
  where event_date = run_date()
    and event in ('view_item', 'add_to_cart')
    and product_id is not null
),

-- several sources tell of the same doings: of those that name products the first one counts
first_sources as (
  select event, min(place) as place
  from looks
  group by event
),

looked as (
  select
    l.product_id,
    count(*) filter (where l.event = 'view_item')   as views,
    count(distinct case when l.event = 'view_item' then l.actor_id end)   as viewers,
    count(*) filter (where l.event = 'add_to_cart') as carts,
    count(distinct case when l.event = 'add_to_cart' then l.actor_id end) as cart_users
  from looks as l
  inner join first_sources as f
    on f.event = l.event
    and f.place = l.place
  group by l.product_id
),

buyers_before as (
  select distinct product_id, buyer_id
  from product_order
  where order_date between add_days(run_date(), -364) and add_days(run_date(), -1)
),

bought as (
  select
    o.product_id,
    count(*)                                        as orders,
    sum(o.quantity)                                 as quantity,
    sum(o.revenue)                                  as revenue,
    count(distinct o.buyer_id)                      as buyers,
    count(distinct b.buyer_id)                      as repeat_buyers
  from product_order as o
  left join buyers_before as b -- most buy a product for the first time
    on b.product_id = o.product_id
    and b.buyer_id = o.buyer_id
  where o.order_date = run_date()
  group by o.product_id
),

products as (
  select product_id from looked
  union
  select product_id from bought
)

select
  run_date()                                        as report_date,
  p.product_id                                      as product_id,
  coalesce(l.views, 0)                              as views,
  coalesce(l.viewers, 0)                            as viewers,
  coalesce(l.carts, 0)                              as carts,
  coalesce(l.cart_users, 0)                         as cart_users,
  coalesce(b.orders, 0)                             as orders,
  cast(coalesce(b.quantity, 0) as bigint)           as quantity,
  cast(b.revenue as decimal(18, 4))                 as revenue,
  coalesce(b.buyers, 0)                             as buyers,
  coalesce(b.repeat_buyers, 0)                      as repeat_buyers,
  cast(l.carts as double) / nullif(cast(l.views as double), 0)              as cart_rate,
  cast(coalesce(b.orders, 0) as double) / nullif(cast(l.views as double), 0) as order_rate,
  cast(b.repeat_buyers as double) / nullif(cast(b.buyers as double), 0)     as repeat_rate
from products as p
left join looked as l -- bought without having been looked at on the day
  on l.product_id = p.product_id
left join bought as b -- looked at only
  on b.product_id = p.product_id
