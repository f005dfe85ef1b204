-- one row per campaign of the customer
with judged as (
  select
    *,
    case
      when raw_error is not null then '(row)'
      when customer_id is null or customer_id <> raw_account then 'customer_id'
      when campaign_id is null then 'campaign_id'
      when on_off not in ('0', '1') then 'on_off'
    end as bad_field
  from raw
)

select
  run_date()                                  as report_date,
  coalesce(customer_id, raw_account)          as customer_id,
  campaign_id                                 as campaign_id,
  campaign_name                               as campaign_name,
  campaign_type                               as campaign_type,
  -- 0 is on
  case on_off when '0' then true when '1' then false end as is_on,
  deleted_at                                  as deleted_at,
  bad_field                                   as bad_field,
  case bad_field
    when '(row)' then raw_error
    when 'customer_id' then coalesce(customer_id, 'missing')
    when 'campaign_id' then 'missing'
    when 'on_off' then on_off
  end                                         as bad_value,
  raw_fetched_at                              as fetched_at,
  raw_ref                                     as raw_ref
from judged
