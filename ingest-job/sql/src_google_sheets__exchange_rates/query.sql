-- one row per row of the table of exchange rates
with judged as (
  select
    *,
    try_cast(written_number(rate) as decimal(18, 8)) as n_rate,
    case
      when raw_error is not null then '(row)'
      when written_date(rate_date) is null then 'rate_date'
      when from_currency is null or not regexp_full_match(trim(from_currency), '[A-Za-z]{3}') then 'from_currency'
      when to_currency is null or not regexp_full_match(trim(to_currency), '[A-Za-z]{3}') then 'to_currency'
      when coalesce(try_cast(written_number(rate) as decimal(18, 8)), 0) <= 0 then 'rate'
    end as bad_field
  from raw
)

select
  run_date()                          as snapshot_date,
  written_date(rate_date)             as rate_date,
  upper(text_or_null(from_currency))  as from_currency,
  upper(text_or_null(to_currency))    as to_currency,
  n_rate                              as rate,
  raw_line + 1                        as sheet_row,
  bad_field                           as bad_field,
  case bad_field
    when '(row)' then raw_error
    when 'rate_date' then coalesce(rate_date, 'missing')
    when 'from_currency' then coalesce(from_currency, 'missing')
    when 'to_currency' then coalesce(to_currency, 'missing')
    when 'rate' then coalesce(rate, 'missing')
  end                                 as bad_value,
  raw_fetched_at                      as fetched_at,
  raw_ref                             as raw_ref
from judged
