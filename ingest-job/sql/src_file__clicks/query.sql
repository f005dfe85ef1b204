-- one row per click of the dropped files that belongs to the day
with dated as (
  select
    *,
    try_cast(clicked_at as timestamp) as clicked_time
  from raw
),

placed as (
  select
    *,
    -- no line may vanish, as with orders
    coalesce(
      raw_file_day, cast(clicked_time as date), min(cast(clicked_time as date)) over (partition by raw_file), run_date()
    ) as line_day,
    case
      when raw_error is not null then '(row)'
      when clicked_time is null or cast(clicked_time as date) <> raw_file_day then 'clicked_at'
      when text_or_null(media_source) is null then 'media_source'
    end as bad_field
  from dated
)

select
  line_day                                                  as report_date,
  instant(clicked_at, raw_time_zone)                        as clicked_at,
  text_or_null(media_source)                                as media_source,
  text_or_null(campaign_id)                                 as campaign_id,
  text_or_null(site_id)                                     as site_id,
  text_or_null(app_id)                                      as app_id,
  lower(text_or_null(platform))                             as platform,
  person_key(advertising_id)                                as advertising_id_key,
  id_kind(advertising_id)                                   as advertising_id_kind,
  network_key(ip)                                           as network_key,
  person_key(ip)                                            as address_key,
  hash_key_id()                                             as hash_key_id,
  raw_file                                                  as source_file,
  raw_line                                                  as source_line,
  bad_field                                                 as bad_field,
  case bad_field
    when '(row)' then without_persons(raw_error)
    when 'clicked_at' then coalesce(without_persons(clicked_at), 'missing')
    when 'media_source' then 'missing'
  end                                                       as bad_value,
  raw_fetched_at                                            as fetched_at,
  raw_ref                                                   as raw_ref
from placed
where line_day = run_date()
