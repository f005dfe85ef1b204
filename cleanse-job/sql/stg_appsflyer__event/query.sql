-- one row per event row that AppsFlyer sent for the day: kept, or with the reason why it was removed
with ranked as (
  select
    *,
    case when bad_field is null and coalesce(is_primary_attribution, true) then 1 else 0 end as counts,
    row_number() over (
      partition by
        app_id, appsflyer_id_key, event_at, event_name, event_value_hash, event_source,
        case when bad_field is null and coalesce(is_primary_attribution, true) then 1 else 0 end
      order by
        coalesce(order_id, ''), revenue desc nulls last, coalesce(currency, ''),
        coalesce(media_source, ''), coalesce(campaign_id, ''), coalesce(country_code, ''),
        coalesce(platform, ''), coalesce(advertising_id_key, ''), coalesce(advertising_id_kind, ''),
        coalesce(customer_user_id_key, ''), coalesce(customer_user_id_kind, ''), raw_ref
    ) as copy_number
  from src_appsflyer__in_app_events
  where report_date = run_date()
)

select
  report_date                                       as report_date,
  app_id                                            as app_id,
  text_hash(coalesce(app_id, '') || '|' || coalesce(appsflyer_id_key, '') || '|' || coalesce(cast(event_at as string), '') || '|'
    || coalesce(event_name, '') || '|' || coalesce(event_value_hash, '') || '|' || coalesce(event_source, '')) as event_id,
  appsflyer_id_key                                  as user_id,
  advertising_id_key                                as advertising_id_key,
  advertising_id_kind                               as advertising_id_kind,
  customer_user_id_key                              as customer_user_id_key,
  customer_user_id_kind                             as customer_user_id_kind,
  case when advertising_id_kind = 'id' then advertising_id_key end as link_advertising_key,
  case when customer_user_id_kind in ('id', 'email') then customer_user_id_key end as link_user_key,
  event_name                                        as event_name,
  event_at                                          as event_at,
  order_id                                          as order_id,
  revenue                                           as revenue,
  currency                                          as currency,
  media_source                                      as media_source,
  campaign_id                                       as campaign_id,
  country_code                                      as country,
  platform                                          as platform,
  case
    when bad_field is not null then 'unreadable_value'
    when counts = 0 then 'not_primary_attribution'
    when copy_number > 1 then 'duplicate'
  end                                               as removed_reason,
  case
    when bad_field is not null then bad_field || '=' || coalesce(bad_value, '')
    when counts = 0 then 'is_primary_attribution=false'
    when copy_number > 1 then 'copy ' || cast(copy_number as string)
  end                                               as observed_value,
  raw_ref                                           as raw_ref
from ranked
