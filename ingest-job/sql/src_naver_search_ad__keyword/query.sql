-- one row per keyword of the customer
with judged as (
  select
    *,
    case
      when raw_error is not null then '(row)'
      when customer_id is null or customer_id <> raw_account then 'customer_id'
      when ad_group_id is null then 'ad_group_id'
      when keyword_id is null then 'keyword_id'
      when on_off not in ('0', '1') then 'on_off'
    end as bad_field
  from raw
)

select
  run_date()                                  as report_date,
  coalesce(customer_id, raw_account)          as customer_id,
  ad_group_id                                 as ad_group_id,
  keyword_id                                  as keyword_id,
  keyword_text                                as keyword_text,
  -- 0 is on
  case on_off when '0' then true when '1' then false end as is_on,
  deleted_at                                  as deleted_at,
  bad_field                                   as bad_field,
  case bad_field
    when '(row)' then raw_error
    when 'customer_id' then coalesce(customer_id, 'missing')
    when 'ad_group_id' then 'missing'
    when 'keyword_id' then 'missing'
    when 'on_off' then on_off
  end                                         as bad_value,
  raw_fetched_at                              as fetched_at,
  raw_ref                                     as raw_ref
from judged
