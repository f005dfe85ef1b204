-- one row per campaign and action type that Meta counted or valued on the day
with sent as (
  select
    *,
    try_cast(try_cast(actions as json) as json[])       as counted,
    try_cast(try_cast(action_values as json) as json[]) as valued
  from raw
),

entries as (
  select raw_account, raw_ref, 'count' as measure, unnest(counted) as entry
  from sent

  union all

  select raw_account, raw_ref, 'value' as measure, unnest(valued) as entry
  from sent
),

numbers as (
  select
    raw_account,
    raw_ref,
    json_extract_string(entry, '$.action_type')                                                 as action_type,
    max(case when measure = 'count' then coalesce(json_extract_string(entry, '$.value'), 'missing') end) as count_text,
    max(case when measure = 'value' then coalesce(json_extract_string(entry, '$.value'), 'missing') end) as value_text,
    greatest(count(*) filter (where measure = 'count'), count(*) filter (where measure = 'value')) as copies
  from entries
  group by raw_account, raw_ref, json_extract_string(entry, '$.action_type')
),

judged as (
  select
    s.*,
    n.action_type,
    n.count_text,
    n.value_text,
    case
      when s.account_id is null then 'account_id'
      when s.campaign_id is null then 'campaign_id'
      when try_cast(s.date_start as date) is distinct from run_date() then 'date_start'
      when n.action_type is null or n.copies > 1 then 'action_type'
      when n.count_text is not null and try_cast(n.count_text as decimal(18, 6)) is null then 'action_count'
      when n.value_text is not null and try_cast(n.value_text as decimal(18, 6)) is null then 'action_value'
    end                                                 as bad_field
  from numbers as n
  join sent as s
    on s.raw_account = n.raw_account
    and s.raw_ref = n.raw_ref

  union all

  -- lists that are none
  select
    *,
    cast(null as string)                                as action_type,
    cast(null as string)                                as count_text,
    cast(null as string)                                as value_text,
    case when actions is not null and counted is null then 'actions' else 'action_values' end as bad_field
  from sent
  where (actions is not null and counted is null)
    or (action_values is not null and valued is null)
)

select
  run_date()                                                as report_date,
  coalesce(account_id, raw_account)                         as account_id,
  campaign_id                                               as campaign_id,
  action_type                                               as action_type,
  try_cast(count_text as decimal(18, 6))                    as action_count,
  try_cast(value_text as decimal(18, 6))                    as action_value,
  -- the day is whole when it was read after its midnight in the account's zone
  raw_fetched_at >= instant(cast(run_date() + 1 as string), raw_time_zone) as is_final,
  bad_field                                                 as bad_field,
  case bad_field
    when 'date_start' then coalesce(date_start, 'missing')
    when 'actions' then left(actions, 200)
    when 'action_values' then left(action_values, 200)
    when 'action_type' then coalesce(action_type || ' comes twice', 'missing')
    when 'action_count' then count_text
    when 'action_value' then value_text
    when 'account_id' then 'missing'
    when 'campaign_id' then 'missing'
  end                                                       as bad_value,
  raw_fetched_at                                            as fetched_at,
  raw_ref                                                   as raw_ref
from judged
