-- one row per order and product of the day
with told as (
  select
    *,
    case source when 'ga4_export' then 1 when 'mixpanel' then 2 else 3 end as place
  from fct_event
  where event_date = run_date()
    and event = 'purchase'
    and product_id is not null
),

-- several sources tell of the same orders: of those that name products the first one counts
first_source as (
  select min(place) as place from told
),

lines as (
  select
    coalesce(t.order_id, t.event_id)                as order_key,
    t.product_id,
    coalesce(t.person_id, t.device_key)             as buyer_id,
    cast(round(t.revenue * r.rate, 4) as decimal(18, 4)) as revenue
  from told as t
  inner join first_source as f
    on f.place = t.place
  left join dim_currency_rate as r -- an event may tell no money
    on r.date_day = run_date()
    and r.currency = t.currency
)

select
  run_date()                                        as order_date,
  order_key                                         as order_key,
  product_id                                        as product_id,
  min(buyer_id)                                     as buyer_id,
  count(*)                                          as quantity,
  cast(sum(revenue) as decimal(18, 4))              as revenue
from lines
group by order_key, product_id
