-- one row per line of the campaign guide
with judged as (
  select
    *,
    case
      when raw_error is not null then '(row)'
      when text_or_null(channel) is null then 'channel'
      when text_or_null(campaign_id) is null and text_or_null(campaign_name) is null then 'campaign_name'
      when text_or_null(valid_from) is not null and written_date(valid_from) is null then 'valid_from'
      when text_or_null(valid_to) is not null and written_date(valid_to) is null then 'valid_to'
    end as bad_field
  from raw
)

select
  run_date()                          as snapshot_date,
  lower(text_or_null(channel))        as channel,
  text_or_null(campaign_id)           as campaign_id,
  text_or_null(campaign_name)         as campaign_name,
  upper(text_or_null(country))        as country,
  lower(text_or_null(os))             as os,
  lower(text_or_null(objective))      as objective,
  text_or_null(creative)              as creative,
  text_or_null(owner)                 as owner,
  text_or_null(note)                  as note,
  written_date(valid_from)            as valid_from,
  written_date(valid_to)              as valid_to,
  raw_file                            as source_file,
  raw_line                            as source_line,
  bad_field                           as bad_field,
  case bad_field
    when '(row)' then raw_error
    when 'channel' then 'missing'
    when 'campaign_name' then 'missing'
    when 'valid_from' then valid_from
    when 'valid_to' then valid_to
  end                                 as bad_value,
  raw_fetched_at                      as fetched_at,
  raw_ref                             as raw_ref
from judged
