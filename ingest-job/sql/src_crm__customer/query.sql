-- one row per customer that was listed when the day was read
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
      partition by customer_id, coalesce(updated_at, '') order by raw_page desc, raw_line desc
    ) as nth
  from raw
  where raw_report = 'rows'
),

found as (
  select listed.listed_key as id, versions.* exclude (listed_key, listed_updated_at)
  from listed
  left join versions
    on versions.customer_id = listed.listed_key
    and versions.updated_at is not distinct from listed.listed_updated_at
    and versions.nth = 1
),

judged as (
  select
    *,
    case
      when customer_id is null then '(row)'
      when created_at is not null and try_cast(created_at as timestamp) is null then 'created_at'
      when updated_at is not null and try_cast(updated_at as timestamp) is null then 'updated_at'
    end as bad_field
  from found
)

select
  run_date()                            as snapshot_date,
  customer_text(id)                     as customer_id,
  person_key(user_id)                   as user_id_key,
  person_key(email)                     as email_key,
  email_class(email)                    as email_class,
  phone_key(phone)                      as phone_key,
  hash_key_id()                         as hash_key_id,
  instant(created_at, raw_time_zone)    as created_at,
  instant(updated_at, raw_time_zone)    as updated_at,
  bad_field                             as bad_field,
  case bad_field
    when '(row)' then 'missing'
    when 'created_at' then without_persons(created_at)
    when 'updated_at' then without_persons(updated_at)
  end                                   as bad_value,
  raw_fetched_at                        as fetched_at,
  raw_ref                               as raw_ref
from judged
