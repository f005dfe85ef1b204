-- one row per line of the object store's access log that belongs to the day
with cut as (
  select
    *,
    regexp_extract(
      line,
      '^[^ ]+ ([^ ]+) \[([^\]]+)\] ([^ ]+) ([^ ]+) ([^ ]+) ([^ ]+) ([^ ]+) (?:-|"[^"]*") ([^ ]+) [^ ]+ [^ ]+ [^ ]+ [^ ]+ [^ ]+ (?:-|"[^"]*") (-|"[^"]*")',
      ['bucket', 'at', 'address', 'requester', 'request_id', 'operation', 'object_key', 'status', 'user_agent']
    ) as part
  from raw
),

timed as (
  select
    *,
    try_strptime(part.at, '%d/%b/%Y:%H:%M:%S %z') as requested
  from cut
),

placed as (
  select
    *,
    -- a log comes hours after the requests in it: a file of a day is told of as that day's
    coalesce(
      raw_file_day,
      cast(timezone(raw_time_zone, requested) as date),
      min(cast(timezone(raw_time_zone, requested) as date)) over (partition by raw_file),
      run_date()
    ) as line_day,
    case
      when raw_error is not null or requested is null then '(row)'
      when whole(part.status) is null then 'status'
    end as bad_field
  from timed
)

select
  line_day                                                          as report_date,
  cast(timezone('UTC', requested) as timestamp)                     as requested_at,
  nullif(part.request_id, '')                                       as request_id,
  nullif(part.bucket, '')                                           as bucket,
  nullif(nullif(part.object_key, '-'), '')                          as object_key,
  nullif(part.operation, '')                                        as operation,
  whole(part.status)                                                as status,
  person_key(nullif(part.requester, '-'))                           as requester_key,
  person_key(nullif(part.address, '-'))                             as address_key,
  without_persons(nullif(nullif(trim(part.user_agent, '"'), '-'), '')) as user_agent,
  hash_key_id()                                                     as hash_key_id,
  raw_file                                                          as source_file,
  raw_line                                                          as source_line,
  bad_field                                                         as bad_field,
  -- the line itself has addresses of people in it
  case bad_field when '(row)' then 'no line of an access log' when 'status' then part.status end as bad_value,
  raw_fetched_at                                                    as fetched_at,
  raw_ref                                                           as raw_ref
from placed
where line_day = run_date()
