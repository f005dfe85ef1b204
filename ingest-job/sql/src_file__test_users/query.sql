-- one row per line of the list of test users
with named as (
  select
    *,
    lower(text_or_null(kind)) as known_kind
  from raw
),

judged as (
  select
    *,
    case
      when raw_error is not null then '(row)'
      when known_kind is null or known_kind not in ('device_id', 'appsflyer_id', 'user_id', 'email', 'phone', 'pattern') then 'kind'
      when text_or_null(value) is null or (known_kind <> 'pattern' and person_key(value) is null) then 'value'
      when text_or_null(valid_from) is not null and written_date(valid_from) is null then 'valid_from'
      when text_or_null(valid_to) is not null and written_date(valid_to) is null then 'valid_to'
    end as bad_field
  from named
)

select
  run_date()                                                as snapshot_date,
  known_kind                                                as kind,
  case when known_kind <> 'pattern' then person_key(value) end as value_key,
  case when known_kind = 'pattern' then text_or_null(value) end as pattern,
  hash_key_id()                                             as hash_key_id,
  text_or_null(owner)                                       as owner,
  text_or_null(reason)                                      as reason,
  written_date(valid_from)                                  as valid_from,
  written_date(valid_to)                                    as valid_to,
  raw_file                                                  as source_file,
  raw_line                                                  as source_line,
  bad_field                                                 as bad_field,
  case bad_field
    when '(row)' then without_persons(raw_error)
    when 'kind' then coalesce(kind, 'missing')
    when 'value' then 'missing'
    when 'valid_from' then valid_from
    when 'valid_to' then valid_to
  end                                                       as bad_value,
  raw_fetched_at                                            as fetched_at,
  raw_ref                                                   as raw_ref
from judged
