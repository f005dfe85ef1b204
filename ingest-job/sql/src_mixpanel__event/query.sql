-- one row per line that Mixpanel exported for the day
with cast_rows as (
  select
    *,
    -- of old projects the number writes the project's wall clock as if it were UTC
    make_timestamp(coalesce(
      try_cast(case when not contains(time, '.') then time end as bigint) * 1000000,
      cast(try_cast(time as decimal(20, 6)) * 1000000 as bigint)
    ))                                                      as wall_clock,
    try_cast(case when not contains(received_ms, '.') then received_ms end as bigint) as n_received_ms,
    try_cast(revenue as decimal(18, 4))                     as n_revenue
  from raw
),

judged as (
  select
    *,
    case
      when raw_error is not null then '(row)'
      when event_name is null then 'event'
      when wall_clock is null or cast(wall_clock as date) <> run_date() then 'time'
      when received_ms is not null and n_received_ms is null then 'mp_processing_time_ms'
      when revenue is not null and n_revenue is null then 'revenue'
    end as bad_field
  from cast_rows
)

select
  run_date()                                                         as report_date,
  raw_account                                                        as project_id,
  cast(wall_clock as date)                                           as event_day,
  event_name                                                         as event_name,
  case
    when raw_time_zone = 'UTC' then wall_clock
    else instant(cast(wall_clock as varchar), raw_time_zone)
  end                                                                as event_at,
  make_timestamp(n_received_ms * 1000)                               as received_at,
  nullif(insert_id, '')                                              as insert_id,
  person_key(distinct_id)                                            as distinct_id_key,
  id_kind(distinct_id)                                               as distinct_id_kind,
  person_key(device_id)                                              as device_id_key,
  person_key(user_id)                                                as user_id_key,
  id_kind(user_id)                                                   as user_id_kind,
  person_key(advertising_id)                                         as advertising_id_key,
  id_kind(advertising_id)                                            as advertising_id_kind,
  person_key(identified_id)                                          as identified_id_key,
  person_key(anon_id)                                                as anon_id_key,
  person_key(alias)                                                  as alias_key,
  person_keys(merged_ids)                                            as merged_id_keys,
  person_key(email)                                                  as email_key,
  email_class(email)                                                 as email_class,
  phone_key(phone)                                                   as phone_key,
  network_key(address)                                               as network_key,
  hash_key_id()                                                      as hash_key_id,
  library                                                            as library,
  os                                                                 as os,
  app_version                                                        as app_version,
  model                                                              as model,
  country_code                                                       as country_code,
  city                                                               as city,
  utm_source                                                         as utm_source,
  utm_medium                                                         as utm_medium,
  utm_campaign                                                       as utm_campaign,
  utm_content                                                        as utm_content,
  utm_term                                                           as utm_term,
  order_id                                                           as order_id,
  product_id                                                         as product_id,
  n_revenue                                                          as revenue,
  currency                                                           as currency,
  without_persons(properties)                                        as properties,
  raw_fetched_at >= instant(cast(run_date() + 1 as varchar), raw_time_zone) as is_final,
  bad_field                                                          as bad_field,
  case bad_field
    when '(row)' then without_persons(raw_error)
    when 'event' then 'missing'
    when 'time' then coalesce(time, 'missing')
    when 'mp_processing_time_ms' then received_ms
    when 'revenue' then without_persons(revenue)
  end                                                                as bad_value,
  raw_fetched_at                                                     as fetched_at,
  raw_file                                                           as raw_file,
  raw_line                                                           as raw_line
from judged
