-- one row per service that was listed when the day was read
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
      partition by service_id, coalesce(updated_at, '') order by raw_page desc, raw_line desc
    ) as nth
  from raw
  where raw_report = 'rows'
),

found as (
  select listed.listed_key as id, versions.* exclude (listed_key, listed_updated_at)
  from listed
  left join versions
    on versions.service_id = listed.listed_key
    and versions.updated_at is not distinct from listed.listed_updated_at
    and versions.nth = 1
),

judged as (
  select
    *,
    case
      when service_id is null then '(row)'
      when price is not null and try_cast(price as decimal(18, 4)) is null then 'price'
      when updated_at is not null and try_cast(updated_at as timestamp) is null then 'updated_at'
    end as bad_field
  from found
)

select
  run_date()                              as snapshot_date,
  id                                      as service_id,
  service_name                            as service_name,
  category                                as category,
  try_cast(price as decimal(18, 4))       as price,
  coalesce(text_or_null(currency), 'KRW') as currency,
  instant(updated_at, raw_time_zone)      as updated_at,
  bad_field                               as bad_field,
  case bad_field
    when '(row)' then 'missing'
    when 'price' then price
    when 'updated_at' then updated_at
  end                                     as bad_value,
  raw_fetched_at                          as fetched_at,
  raw_ref                                 as raw_ref
from judged
