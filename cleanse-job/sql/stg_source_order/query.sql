-- one row per source, kind, order, buyer and currency of the day, as that source tells it
with kinds as (
  select 'appsflyer' as source, 'af_purchase' as event_name, 'purchase' as kind
  union all select 'appsflyer', 'af_subscribe', 'subscription'
  union all select 'mixpanel', 'purchase', 'purchase'
  union all select 'mixpanel', 'order_completed', 'purchase'
  union all select 'mixpanel', 'order completed', 'purchase'
  union all select 'mixpanel', 'subscribe', 'subscription'
  union all select 'mixpanel', 'refund', 'refund'
  union all select 'ga4_export', 'purchase', 'purchase'
  union all select 'ga4_export', 'in_app_purchase', 'purchase'
  union all select 'ga4_export', 'app_store_subscription_convert', 'subscription'
  union all select 'ga4_export', 'app_store_subscription_renew', 'subscription'
  union all select 'ga4_export', 'refund', 'refund'
),

customers as (
  select customer_id, min(user_id_key) as user_key
  from src_crm__customer
  where snapshot_date = (select max(snapshot_date) from src_crm__customer)
    and bad_field is null
  group by customer_id
),

lines as (
  select
    e.event_date                                               as order_date,
    e.source,
    -- AppsFlyer writes what was paid back as a purchase below zero
    case when e.source = 'appsflyer' and e.revenue < 0 then 'refund' else k.kind end as kind,
    -- a purchase without an order id is told apart by buyer, moment and money
    coalesce(e.order_id, text_hash(e.device_key || cast(e.event_at as string) || coalesce(cast(e.revenue as string), '')))
                                                               as order_id,
    coalesce(e.device_key, e.user_id_raw, e.person_id, 'unknown') as user_id,
    e.person_id,
    e.event_at                                                 as ordered_at,
    cast(1 as bigint)                                          as quantity,
    case when k.kind = 'refund' then -abs(coalesce(e.revenue, 0)) else coalesce(e.revenue, 0) end as revenue,
    e.currency,
    e.removed_reason                                           as excluded_by,
    e.raw_ref
  from stg_event as e
  inner join kinds as k
    on k.source = e.source and k.event_name = lower(e.event_name)
  where e.source = 'appsflyer' or e.order_id is not null -- without one nobody can say whether another source tells it too

  union all

  -- an ad that the user saw in the app
  select
    report_date, 'appsflyer', 'ad_revenue',
    text_hash(appsflyer_id_key || cast(event_at as string) || coalesce(monetization_network, '')),
    appsflyer_id_key, cast(null as string), event_at, cast(1 as bigint), coalesce(revenue, 0), currency, cast(null as string),
    raw_ref
  from src_appsflyer__other_events
  where report in ('ad_revenue_raw', 'ad_revenue_organic_raw')
    and bad_field is null

  union all

  select
    f.report_date,
    'file',
    case when f.amount < 0 and coalesce(f.quantity, -1) < 0 then 'refund' else 'purchase' end,
    -- lines without an order id: what a customer buys on a day is one order
    coalesce(f.order_id, f.customer_id || '@' || cast(f.report_date as string)),
    f.customer_id,
    coalesce(c.user_key, text_hash('customer:' || f.customer_id)),
    cast(null as timestamp),
    coalesce(f.quantity, 0),
    f.amount,
    f.currency,
    cast(null as string),
    f.raw_ref
  from stg_file__order as f
  left join customers as c -- who is no member of the app
    on c.customer_id = f.customer_id
  where f.removed_reason is null

  union all

  select
    day_in(r.visited_at, param_timezone()), 'crm', 'reservation', r.reservation_id, r.customer_id,
    coalesce(c.user_key, text_hash('customer:' || r.customer_id)),
    r.visited_at, cast(1 as bigint), coalesce(r.paid_amount, 0), r.currency, cast(null as string), r.raw_ref
  from src_crm__reservation as r
  left join customers as c
    on c.customer_id = r.customer_id
  where r.snapshot_date = (select max(snapshot_date) from src_crm__reservation)
    and r.bad_field is null
    and r.status = 'visited'
    and r.visited_at is not null
)

select
  order_date                                        as order_date,
  order_id                                          as order_id,
  kind                                              as kind,
  user_id                                           as user_id,
  min(person_id)                                    as person_id,
  source                                            as source,
  min(ordered_at)                                   as ordered_at,
  cast(sum(quantity) as bigint)                     as quantity,
  cast(sum(revenue) as decimal(18, 4))              as revenue_local,
  currency                                          as currency_local,
  cast(count(*) as bigint)                          as lines,
  min(excluded_by)                                  as excluded_by,
  min(raw_ref)                                      as raw_ref
from lines
where order_date = run_date()
group by order_date, source, kind, order_id, user_id, currency
