-- one row per request for a published report: an open or a download, or with the reason why it is none
with cut as (
  select
    *,
    -- [prefix/]site/week/type/version/file
    split_part(object_key, '/', -5) as site_key,
    split_part(object_key, '/', -4) as week,
    split_part(object_key, '/', -3) as type,
    split_part(object_key, '/', -2) as version,
    split_part(object_key, '/', -1) as file,
    row_number() over (
      partition by case when request_id is null then raw_ref else request_id end
      order by source_file, source_line, raw_ref
    ) as copy_number
  from src_file__report_access
  where report_date = run_date()
),

told as (
  select
    *,
    case
      when week like '____-W__' and length(version) = 12 and file like type || '-__.html' then 'open'
      when week like '____-W__' and length(version) = 12 and file like type || '-__%.xlsx' then 'workbook'
      when week like '____-W__' and length(version) = 12 and file like type || '-__%csv' then 'table'
    end as kind,
    -- previews of links and scanners of mail open what nobody reads
    lower(user_agent) like '%bot%' or lower(user_agent) like '%slack%' or lower(user_agent) like '%aws%'
      or lower(user_agent) like '%s3console%' or lower(user_agent) like '%curl%' or lower(user_agent) like '%python%'
      or lower(user_agent) like '%scan%' as is_machine
  from cut
)

select
  report_date                                       as report_date,
  requested_at                                      as requested_at,
  case when kind is not null then site_key end      as site_key,
  case when kind is not null then week end          as week,
  case when kind is not null then type end          as report_type,
  case when kind is not null then version end       as version,
  case when kind is not null then substring(file, length(type) + 2, 2) end as language,
  kind                                              as kind,
  requester_key                                     as requester_key,
  address_key                                       as address_key,
  user_agent                                        as user_agent,
  case
    when bad_field is not null then 'unreadable_value'
    when copy_number > 1 then 'duplicate'
    when kind is null then 'no_report'
    when operation not in ('REST.GET.OBJECT', 'WEBSITE.GET.OBJECT') then 'no_open'
    when status not in (200, 206, 304) then 'not_answered'
    when user_agent is null or is_machine then 'machine'
  end                                               as removed_reason,
  case
    when bad_field is not null then bad_field || '=' || coalesce(bad_value, '')
    when copy_number > 1 then 'copy ' || cast(copy_number as string)
    when kind is null then object_key
    when operation not in ('REST.GET.OBJECT', 'WEBSITE.GET.OBJECT') then operation
    when status not in (200, 206, 304) then cast(status as string)
    when user_agent is null or is_machine then user_agent
  end                                               as observed_value,
  raw_ref                                           as raw_ref
from told
