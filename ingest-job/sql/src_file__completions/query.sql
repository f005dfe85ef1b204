-- one row per completion of the dropped files that belongs to the day
with dated as (
  select
    *,
    try_cast(completed_at as timestamp) as completed_time
  from raw
),

placed as (
  select
    *,
    -- no line may vanish, as with orders
    coalesce(
      raw_file_day, cast(completed_time as date), min(cast(completed_time as date)) over (partition by raw_file), run_date()
    ) as line_day,
    case
      when raw_error is not null then '(row)'
      when completed_time is null or cast(completed_time as date) <> raw_file_day then 'completed_at'
      when text_or_null(transaction_id) is null then 'transaction_id'
      when person_key(user_id) is null then 'user_id'
      when text_or_null(reward) is not null and try_cast(reward as decimal(18, 4)) is null then 'reward'
    end as bad_field
  from dated
)

select
  line_day                                                  as report_date,
  instant(completed_at, raw_time_zone)                      as completed_at,
  text_or_null(transaction_id)                              as transaction_id,
  person_key(user_id)                                       as user_id_key,
  text_or_null(campaign_id)                                 as campaign_id,
  person_key(ip)                                            as address_key,
  hash_key_id()                                             as hash_key_id,
  try_cast(text_or_null(reward) as decimal(18, 4))          as reward,
  raw_file                                                  as source_file,
  raw_line                                                  as source_line,
  bad_field                                                 as bad_field,
  case bad_field
    when '(row)' then without_persons(raw_error)
    when 'completed_at' then coalesce(without_persons(completed_at), 'missing')
    when 'transaction_id' then 'missing'
    when 'user_id' then 'missing'
    when 'reward' then without_persons(reward)
  end                                                       as bad_value,
  raw_fetched_at                                            as fetched_at,
  raw_ref                                                   as raw_ref
from placed
where line_day = run_date()
