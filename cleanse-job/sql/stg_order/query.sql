-- one row per source, order and buyer of the day
with lines as (
  select
    report_date,
    'appsflyer'                                                as source,
    -- a purchase without an order id is told apart by buyer, moment and money
    coalesce(
      order_id,
      text_hash(user_id || cast(event_at as string) || coalesce(cast(revenue as string), ''))
    )                                                          as order_id,
    user_id,
    event_at                                                   as ordered_at,
    cast(1 as bigint)                                          as quantity,
    coalesce(revenue, 0)                                       as revenue,
    currency,
    raw_ref
  from stg_appsflyer__event
  where report_date = run_date()
    and removed_reason is null
    and event_name = 'af_purchase'

  union all

  select
    report_date,
    'file'                                                     as source,
    -- lines without an order id: what a customer buys on a day is one order
    coalesce(order_id, customer_id || '@' || cast(report_date as string)) as order_id,
    customer_id                                                as user_id,
    cast(null as timestamp)                                    as ordered_at,
    coalesce(quantity, 0)                                      as quantity,
    amount                                                     as revenue,
    currency,
    raw_ref
  from stg_file__order
  where report_date = run_date()
    and removed_reason is null
)

select
  report_date                                       as order_date,
  order_id                                          as order_id,
  user_id                                           as user_id,
  source                                            as source,
  min(ordered_at)                                   as ordered_at,
  cast(sum(quantity) as bigint)                     as quantity,
  cast(sum(revenue) as decimal(18, 4))              as revenue_local,
  currency                                          as currency_local,
  cast(count(*) as bigint)                          as lines,
  min(raw_ref)                                      as raw_ref
from lines
group by report_date, source, order_id, user_id, currency
