-- one row per document that a collection had when the day was read
with placed as (
  select
    *,
    str_split(split_part(document_name, '/documents/', 2), '/') as steps,
    instant(replace(replace(create_time, 'T', ' '), 'Z', ''), 'UTC') as created_at,
    instant(replace(replace(update_time, 'T', ' '), 'Z', ''), 'UTC') as updated_at
  from raw
),

judged as (
  select
    *,
    case
      when raw_error is not null then '(row)'
      when document_name is null or len(steps) < 2 then 'name'
      when create_time is not null and created_at is null then 'createTime'
      when update_time is not null and updated_at is null then 'updateTime'
    end as bad_field
  from placed
)

select
  run_date()                                     as snapshot_date,
  raw_account                                    as collection,
  case when persons = 'false' then steps[-1] end as document_id,
  person_key(steps[-1])                          as document_key,
  case when len(steps) >= 4 then steps[-4] end   as parent_collection,
  case when len(steps) >= 4 then person_key(steps[-3]) end as parent_key,
  person_key(user_id)                            as user_id_key,
  id_kind(user_id)                               as user_id_kind,
  person_key(email)                              as email_key,
  email_class(email)                             as email_class,
  phone_key(phone)                               as phone_key,
  hash_key_id()                                  as hash_key_id,
  created_at                                     as created_at,
  updated_at                                     as updated_at,
  without_persons(data)                          as data,
  bad_field                                      as bad_field,
  case bad_field
    when '(row)' then without_persons(raw_error)
    when 'name' then coalesce(without_persons(document_name), 'missing')
    when 'createTime' then without_persons(create_time)
    when 'updateTime' then without_persons(update_time)
  end                                            as bad_value,
  raw_fetched_at                                 as fetched_at,
  raw_file                                       as raw_file,
  raw_line                                       as raw_line
from judged
