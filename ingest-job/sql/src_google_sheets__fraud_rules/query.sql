-- one row per row of the list of fraud rules
with named as (
  select
    *,
    lower(text_or_null(action)) as known_action
  from raw
),

judged as (
  select
    *,
    case
      when raw_error is not null then '(row)'
      when text_or_null(rule) is null or not regexp_full_match(upper(trim(rule)), 'R[0-9]{2}') then 'rule'
      when known_action is not null and known_action not in ('tag', 'exclude', 'drop_attribution', 'off', 'allow') then 'action'
      when text_or_null(value) is not null and try_cast(written_number(value) as decimal(18, 6)) is null then 'value'
      when text_or_null(setting) is not null and text_or_null(value) is null then 'value'
      when text_or_null(setting) is null and known_action is null then 'action'
      when text_or_null(valid_from) is not null and written_date(valid_from) is null then 'valid_from'
      when text_or_null(valid_to) is not null and written_date(valid_to) is null then 'valid_to'
    end as bad_field
  from named
)

select
  run_date()                                                as snapshot_date,
  upper(trim(rule))                                         as rule_id,
  lower(text_or_null(setting))                              as setting,
  try_cast(written_number(value) as decimal(18, 6))         as value,
  known_action                                              as action,
  text_or_null(media_source)                                as media_source,
  text_or_null(site_id)                                     as site_id,
  text_or_null(owner)                                       as owner,
  without_persons(text_or_null(reason))                     as reason,
  written_date(valid_from)                                  as valid_from,
  written_date(valid_to)                                    as valid_to,
  raw_line + 1                                              as sheet_row,
  bad_field                                                 as bad_field,
  case bad_field
    when '(row)' then 'a formula error'
    when 'rule' then coalesce(without_persons(rule), 'missing')
    when 'action' then coalesce(without_persons(action), 'missing')
    when 'value' then coalesce(without_persons(value), 'missing')
    when 'valid_from' then valid_from
    when 'valid_to' then valid_to
  end                                                       as bad_value,
  raw_fetched_at                                            as fetched_at,
  raw_ref                                                   as raw_ref
from judged
