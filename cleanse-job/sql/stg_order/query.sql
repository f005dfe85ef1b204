-- one row per source, kind, order, buyer and currency of the day: counted, or with the reason why not
with orders as (
  select
    *,
    -- which of the sources of one order counts: the one that knows the install first, then those that know the person
    case source when 'appsflyer' then 1 when 'ga4_export' then 2 when 'mixpanel' then 3 when 'crm' then 4 else 5 end as place
  from stg_source_order
),

twins as (
  select kind, order_id, min(place) as first_place
  from orders
  where kind <> 'ad_revenue'
  group by kind, order_id
),

people as (
  select
    o.order_date, o.order_id, o.kind, o.user_id, o.source, o.ordered_at, o.quantity, o.revenue_local, o.currency_local, o.lines,
    o.excluded_by, o.raw_ref, o.place,
    coalesce(u.cluster_id, d.cluster_id, o.person_id) as person_id
  from orders as o
  -- a merged user has one name, and ad revenue no person but its device's
  left join identity_cluster as u -- of most the person is told, or the device is known
    on u.node_kind = 'user' and u.node_key = o.person_id
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
      when o.currency_local = param_reporting_currency() or o.revenue_local = 0 then o.revenue_local
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
    on m.currency = o.currency_local
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
  currency_local                                    as currency_local,
  revenue                                           as revenue,
  rate_date                                         as rate_date,
  lines                                             as lines,
  removed_reason                                    as removed_reason,
  case removed_reason
    when 'twin' then 'counted as ' || counted_as
    when 'unknown_currency' then coalesce('currency=' || currency_local, 'currency=missing')
    when 'negative_revenue' then 'revenue=' || cast(revenue_local as string)
    else case when removed_reason is not null then coalesce(excluded_for, 'the event is excluded') end
  end                                               as observed_value,
  raw_ref                                           as raw_ref
from judged
