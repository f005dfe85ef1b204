-- one row per reservation that was listed when the day was read
with listed as (
  select listed_key, listed_updated_at, raw_account
  from raw
  where raw_report = 'list'
),

-- the same version can have been read twice: what came last is what it is
versions as (
  select
    *,
    row_number() over (
      partition by reservation_id, coalesce(updated_at, '') order by raw_page desc, raw_line desc
    ) as nth
  from raw
  where raw_report = 'rows'
),

found as (
  select listed.listed_key as id, versions.* exclude (listed_key, listed_updated_at)
  from listed
  left join versions
    on versions.reservation_id = listed.listed_key
    and versions.updated_at is not distinct from listed.listed_updated_at
    and versions.nth = 1
),

judged as (
  select
    *,
    case
      when reservation_id is null then '(row)'
      when customer_id is null then 'customer_id'
      when reserved_at is not null and try_cast(reserved_at as timestamp) is null then 'reserved_at'
      when visited_at is not null and try_cast(visited_at as timestamp) is null then 'visited_at'
      when paid_amount is not null and try_cast(paid_amount as decimal(18, 4)) is null then 'paid_amount'
      when updated_at is not null and try_cast(updated_at as timestamp) is null then 'updated_at'
    end as bad_field
  from found
)

select
  run_date()                              as snapshot_date,
  id                                      as reservation_id,
  customer_text(customer_id)              as customer_id,
  hash_key_id()                           as hash_key_id,
  service_id                              as service_id,
  lower(text_or_null(status))             as status,
  instant(reserved_at, raw_time_zone)     as reserved_at,
  instant(visited_at, raw_time_zone)      as visited_at,
  try_cast(paid_amount as decimal(18, 4)) as paid_amount,
  coalesce(text_or_null(currency), 'KRW') as currency,
  instant(updated_at, raw_time_zone)      as updated_at,
  bad_field                               as bad_field,
  case bad_field
    when '(row)' then 'missing'
    when 'customer_id' then 'missing'
    when 'reserved_at' then without_persons(reserved_at)
    when 'visited_at' then without_persons(visited_at)
    when 'paid_amount' then without_persons(paid_amount)
    when 'updated_at' then without_persons(updated_at)
  end                                     as bad_value,
  raw_fetched_at                          as fetched_at,
  raw_ref                                 as raw_ref
from judged
