-- one row per row of the event guide
with judged as (
  select
    *,
    case
      when raw_error is not null then '(row)'
      when text_or_null(event_name) is null then 'event_name'
      when text_or_null(event) is null then 'event'
      when text_or_null(valid_from) is not null and written_date(valid_from) is null then 'valid_from'
      when text_or_null(valid_to) is not null and written_date(valid_to) is null then 'valid_to'
    end as bad_field
  from raw
)

select
  run_date()                          as snapshot_date,
  lower(text_or_null(source))         as source,
  text_or_null(event_name)            as event_name,
  lower(text_or_null(event))          as event,
  text_or_null(owner)                 as owner,
  text_or_null(note)                  as note,
  written_date(valid_from)            as valid_from,
  written_date(valid_to)              as valid_to,
  raw_line + 1                        as sheet_row,
  bad_field                           as bad_field,
  case bad_field
    when '(row)' then raw_error
    when 'event_name' then 'missing'
    when 'event' then 'missing'
    when 'valid_from' then valid_from
    when 'valid_to' then valid_to
  end                                 as bad_value,
  raw_fetched_at                      as fetched_at,
  raw_ref                             as raw_ref
from judged
