-- one row per profile that Mixpanel sent
with judged as (
  select
    *,
    case
      when raw_error is not null then '(row)'
      when distinct_id is null then '$distinct_id'
      when created is not null and try_cast(created as timestamp) is null then '$created'
      when last_seen is not null and try_cast(last_seen as timestamp) is null then '$last_seen'
    end as bad_field
  from raw
)

select
  run_date()                          as snapshot_date,
  raw_account                         as project_id,
  person_key(distinct_id)             as distinct_id_key,
  id_kind(distinct_id)                as distinct_id_kind,
  person_key(email)                   as email_key,
  email_class(email)                  as email_class,
  phone_key(phone)                    as phone_key,
  hash_key_id()                       as hash_key_id,
  instant(created, raw_time_zone)     as created_at,
  instant(last_seen, raw_time_zone)   as last_seen_at,
  country_code                        as country_code,
  city                                as city,
  without_persons(properties)         as properties,
  bad_field                           as bad_field,
  case bad_field
    when '(row)' then without_persons(raw_error)
    when '$distinct_id' then 'missing'
    when '$created' then without_persons(created)
    when '$last_seen' then without_persons(last_seen)
  end                                 as bad_value,
  raw_fetched_at                      as fetched_at,
  raw_ref                             as raw_ref
from judged
