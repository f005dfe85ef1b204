-- one row per event of GA4's exported table of the day: kept, or with the reason why it was removed
with identified as (
  select
    *,
    case when bad_field is null then 'good' else 'bad' end as state,
    coalesce(property_id, '') || '|' || coalesce(stream_id, '') || '|' || coalesce(user_pseudo_key, '') || '|'
      || coalesce(cast(event_at as string), '') || '|' || coalesce(event_name, '') as about,
    coalesce(session_id, '') || '|' || coalesce(transaction_id, '') || '|' || coalesce(cast(revenue as string), '') || '|'
      || coalesce(page_location, '') || '|' || coalesce(items, '') || '|' || coalesce(properties, '') as content
  from src_ga4_export__event
  where report_date = run_date()
),

-- GA4 has no id of an event: what tells two apart is their place in the upload, and in older exports what they say
keyed as (
  select
    *,
    case when batch_event_index is null then 'derived' else 'sent' end as event_id_source,
    text_hash(about || '|' || case
      when batch_event_index is null then content
      else coalesce(batch_page_id, '') || '|' || coalesce(batch_ordering_id, '') || '|' || batch_event_index
    end) as event_id
  from identified
),

ranked as (
  select
    *,
    row_number() over (
      partition by state, event_id
      order by
        content, coalesce(user_id_key, ''), coalesce(user_id_kind, ''), coalesce(advertising_id_key, ''),
        coalesce(advertising_id_kind, ''), coalesce(vendor_id_key, ''), coalesce(platform, ''), coalesce(country, ''),
        coalesce(source, ''), coalesce(medium, ''), coalesce(campaign_id, ''), coalesce(campaign, ''),
        refund nulls last, coalesce(currency, ''), coalesce(traffic_type, ''), coalesce(cast(debug_mode as string), ''),
        raw_file, raw_line
    ) as copy_number
  from keyed
)

select
  report_date                                       as report_date,
  property_id                                       as property_id,
  stream_id                                         as stream_id,
  event_name                                        as event_name,
  event_at                                          as event_at,
  event_id                                          as event_id,
  event_id_source                                   as event_id_source,
  user_pseudo_key                                   as user_pseudo_key,
  user_id_key                                       as user_id_key,
  user_id_kind                                      as user_id_kind,
  advertising_id_key                                as advertising_id_key,
  advertising_id_kind                               as advertising_id_kind,
  case when advertising_id_kind = 'id' then advertising_id_key end as link_advertising_key,
  case when user_id_kind in ('id', 'email') then user_id_key end as link_user_key,
  vendor_id_key                                     as vendor_id_key,
  session_id                                        as session_id,
  lower(platform)                                   as platform,
  country                                           as country,
  source                                            as source,
  medium                                            as medium,
  campaign_id                                       as campaign_id,
  campaign                                          as campaign,
  transaction_id                                    as order_id,
  revenue                                           as revenue,
  refund                                            as refund,
  currency                                          as currency,
  traffic_type                                      as traffic_type,
  debug_mode                                        as debug_mode,
  case
    when state = 'bad' then 'unreadable_value'
    when copy_number > 1 then 'duplicate'
  end                                               as removed_reason,
  case
    when state = 'bad' then bad_field || '=' || coalesce(bad_value, '')
    when copy_number > 1 then 'copy ' || cast(copy_number as string)
  end                                               as observed_value,
  raw_file || '#' || cast(raw_line as string)       as raw_ref
from ranked
