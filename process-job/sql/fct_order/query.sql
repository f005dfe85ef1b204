-- one row per source, kind, order, buyer and currency
with counted as (
  select
    *,
    coalesce(person_id, user_id)                    as buyer_id,
    kind in ('purchase', 'subscription', 'reservation') as is_order
  from stg_order
  where order_date <= run_date()
    and removed_reason is null
),

orders as (
  select
    *,
    row_number() over (
      partition by buyer_id, is_order order by ordered_at nulls last, order_id, kind, source, user_id, currency_local
    ) as nth_today
  from counted
  where order_date = run_date()
),

-- by the device or the person
bought_before as (
  select user_id as any_id from counted where is_order and order_date < run_date()
  union
  select buyer_id from counted where is_order and order_date < run_date()
),

buyers as (
  select distinct user_id, buyer_id from orders
),

-- the ids by which a buyer may have come, and the device that bought comes first
buyer_ids as (
  select user_id, buyer_id, user_id as any_id, 1 as place from buyers
  union all
  select user_id, buyer_id, buyer_id, 2 from buyers
  union all
  select b.user_id, b.buyer_id, c.node_key, 2
  from buyers as b
  inner join identity_cluster as c
    on c.cluster_id = b.buyer_id and c.node_kind = 'device'
),

acquired as (
  select user_id as any_id, user_id, acquisition_date, channel, campaign_id, country, platform
  from fct_acquisition
  where acquisition_date <= run_date() and user_id is not null
  union all
  select person_id, user_id, acquisition_date, channel, campaign_id, country, platform
  from fct_acquisition
  where acquisition_date <= run_date() and person_id <> user_id
),

ranked as (
  select
    b.user_id,
    b.buyer_id,
    a.user_id                                       as acquired_user_id,
    a.acquisition_date,
    a.channel,
    a.campaign_id,
    a.country,
    a.platform,
    row_number() over (
      partition by b.user_id, b.buyer_id order by b.place, a.acquisition_date, a.user_id
    )                                               as nth
  from buyer_ids as b
  inner join acquired as a
    on a.any_id = b.any_id
)

select
  o.order_date                                      as order_date,
  o.order_id                                        as order_id,
  o.user_id                                         as user_id,
  o.buyer_id                                        as person_id,
  o.source                                          as source,
  o.kind                                            as kind,
  o.ordered_at                                      as ordered_at,
  o.quantity                                        as quantity,
  o.revenue                                         as revenue,
  o.revenue_local                                   as revenue_local,
  o.currency_local                                  as currency_local,
  a.acquired_user_id                                as acquired_user_id,
  a.acquisition_date                                as acquisition_date,
  coalesce(a.channel, 'unattributed')               as channel,
  coalesce(a.campaign_id, 'unattributed')           as campaign_id,
  a.country                                         as country,
  a.platform                                        as platform,
  o.is_order and o.nth_today = 1 and d.any_id is null and p.any_id is null as is_first
from orders as o
left join ranked as a -- a buyer may be unknown while acquisitions are missing
  on a.user_id = o.user_id
  and a.buyer_id = o.buyer_id
  and a.nth = 1
left join bought_before as d -- who buys for the first time
  on d.any_id = o.user_id
left join bought_before as p
  on p.any_id = o.buyer_id
