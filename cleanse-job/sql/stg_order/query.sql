-- one row per source, kind, order, buyer and currency of the day: counted, or with the reason why not
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
),

orders as (
  select
    order_date, source, kind, order_id, user_id, currency,
    min(person_id)                                  as told_person,
    min(ordered_at)                                 as ordered_at,
    cast(sum(quantity) as bigint)                   as quantity,
    cast(sum(revenue) as decimal(18, 4))            as revenue_local,
    cast(count(*) as bigint)                        as lines,
    min(excluded_by)                                as excluded_by,
    min(raw_ref)                                    as raw_ref,
    -- which of the sources of one order counts: the one that knows the install first, then those that know the person
    min(case source when 'appsflyer' then 1 when 'ga4_export' then 2 when 'mixpanel' then 3 when 'crm' then 4 else 5 end) as place
  from lines
  group by order_date, source, kind, order_id, user_id, currency
),

twins as (
  select kind, order_id, min(place) as first_place
  from orders
  where kind <> 'ad_revenue'
  group by kind, order_id
),

people as (
  select
    o.*,
    coalesce(u.cluster_id, d.cluster_id, o.told_person)  as person_id
  from orders as o
  -- a merged user has one name, and ad revenue no person but its device's
  left join identity_cluster as u -- of most the person is told, or the device is known
    on u.node_kind = 'user' and u.node_key = o.told_person
  left join identity_cluster as d
    on o.kind = 'ad_revenue'
    and d.node_kind = 'device'
    and d.node_key = o.user_id
    and (d.valid_from is null or d.valid_from <= o.ordered_at)
    and (d.valid_to is null or o.ordered_at < d.valid_to)
  where o.order_date = run_date()
),

excluded as (
  select subject_kind, subject_key, min(rule_id) as rule_id, min(rule_id || ': ' || what) as what
  from fraud_decision
  where action = 'exclude' and subject_kind in ('person', 'device')
  group by subject_kind, subject_key
),

tests as (
  select o.source, o.kind, o.order_id, min(t.pattern) as pattern
  from people as o
  inner join stg_test_user as t
    on t.kind = 'pattern' and lower(o.order_id) like replace(replace(t.pattern, '!', '!!'), '_', '!_') escape '!'
  inner join (select distinct rule_id from fraud_rule where rule_id = 'R17' and action = 'exclude') as r
    on true
  group by o.source, o.kind, o.order_id
),

judged as (
  select
    o.*,
    case
      when o.currency = param_reporting_currency() or o.revenue_local = 0 then o.revenue_local
      else cast(round(o.revenue_local * m.rate, 4) as decimal(18, 4))
    end                                             as revenue,
    m.rate_date,
    case
      when coalesce(o.excluded_by, p.rule_id, d.rule_id, case when t.pattern is not null then 'R17' end) is not null
        then coalesce(o.excluded_by, p.rule_id, d.rule_id, 'R17')
      when m.currency is null and o.revenue_local <> 0 then 'unknown_currency'
      when o.revenue_local < 0 and o.kind <> 'refund' then 'negative_revenue'
      when w.first_place < o.place then 'twin'
    end                                             as removed_reason,
    coalesce(substring(p.what, 6), substring(d.what, 6), 'order like ' || t.pattern) as excluded_for,
    case w.first_place when 1 then 'appsflyer' when 2 then 'ga4_export' when 3 then 'mixpanel' when 4 then 'crm' else 'file' end
      as counted_as
  from people as o
  left join twins as w -- each ad is one by itself
    on w.kind = o.kind and w.order_id = o.order_id
  left join stg_currency_rate as m
    on m.currency = o.currency
  left join excluded as p
    on p.subject_kind = 'person' and p.subject_key = o.person_id
  left join excluded as d
    on d.subject_kind = 'device' and d.subject_key = o.user_id
  left join tests as t
    on t.source = o.source and t.kind = o.kind and t.order_id = o.order_id
)

select
  order_date                                        as order_date,
  order_id                                          as order_id,
  kind                                              as kind,
  user_id                                           as user_id,
  person_id                                         as person_id,
  source                                            as source,
  ordered_at                                        as ordered_at,
  quantity                                          as quantity,
  revenue_local                                     as revenue_local,
  currency                                          as currency_local,
  revenue                                           as revenue,
  rate_date                                         as rate_date,
  lines                                             as lines,
  removed_reason                                    as removed_reason,
  case removed_reason
    when 'twin' then 'counted as ' || counted_as
    when 'unknown_currency' then coalesce('currency=' || currency, 'currency=missing')
    when 'negative_revenue' then 'revenue=' || cast(revenue_local as string)
    else case when removed_reason is not null then coalesce(excluded_for, 'the event is excluded') end
  end                                               as observed_value,
  raw_ref                                           as raw_ref
from judged
