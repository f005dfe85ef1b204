-- one row per event that counts
with sources as (
  -- of several sources that tell of the same doings the first one present is the one to add up
  select min(case source when 'ga4_export' then '1ga4_export' when 'mixpanel' then '2mixpanel' else '3' || source end) as first_source
  from dim_event
  where as_of_date = run_date()
)

select
  e.event_date                                      as event_date,
  e.source                                          as source,
  e.event_id                                        as event_id,
  e.event_name                                      as event_name,
  d.event                                           as event,
  e.event_at                                        as event_at,
  e.platform                                        as platform,
  e.country                                         as country,
  e.person_id                                       as person_id,
  e.device_key                                      as device_key,
  e.session_id                                      as session_id,
  e.product_id                                      as product_id,
  e.order_id                                        as order_id,
  e.revenue                                         as revenue,
  e.currency                                        as currency,
  e.source = substring(s.first_source, 2)           as is_primary,
  e.raw_ref                                         as raw_ref
from stg_event as e
inner join dim_event as d
  on d.source = e.source
  and d.event_name = e.event_name
cross join sources as s
where e.event_date = run_date()
  and e.removed_reason is null
