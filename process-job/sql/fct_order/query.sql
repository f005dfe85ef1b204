-- one row per source, kind, order, buyer and currency
with buyers as (
  select
    user_id,
    min(acquisition_date)                           as acquisition_date,
    min_by(channel, acquisition_date)               as channel,
    min_by(campaign_id, acquisition_date)           as campaign_id
  from fct_acquisition
  where acquisition_date <= run_date()
  group by user_id
)

select
  o.order_date                                      as order_date,
  o.order_id                                        as order_id,
  o.user_id                                         as user_id,
  o.source                                          as source,
  o.kind                                            as kind,
  o.quantity                                        as quantity,
  o.revenue                                         as revenue,
  o.revenue_local                                   as revenue_local,
  o.currency_local                                  as currency_local,
  b.acquisition_date                                as acquisition_date,
  coalesce(b.channel, 'unattributed')               as channel,
  coalesce(b.campaign_id, 'unattributed')           as campaign_id
from stg_order as o
left join buyers as b -- a buyer may be unknown while acquisitions are missing
  on b.user_id = o.user_id
where o.order_date = run_date()
  and o.removed_reason is null
  -- what the CRM and ads bring is joined to people, not to devices
  and o.kind in ('purchase', 'subscription', 'refund')
