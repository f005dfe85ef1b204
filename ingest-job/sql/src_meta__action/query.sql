-- one row per ad, action type and attribution window that Meta counted or valued on the day
with sent as (
  select
    *,
    raw_fetched_at >= instant(cast(run_date() + 1 as string), raw_time_zone) as is_final,
    try_cast(try_cast(actions as json) as json[])       as counted,
    try_cast(try_cast(action_values as json) as json[]) as valued,
    case
      when account_id is null then 'account_id'
      when campaign_id is null then 'campaign_id'
      when ad_id is null then 'ad_id'
      when account_currency is null then 'account_currency'
      when try_cast(date_start as date) is distinct from run_date() then 'date_start'
    end                                                 as bad_row
  from raw
),

entries as (
  select
    raw_account,
    raw_ref,
    'count'                        as measure,
    unnest(counted)                as entry,
    generate_subscripts(counted, 1) as place
  from sent

  union all

  select
    raw_account,
    raw_ref,
    'value'                        as measure,
    unnest(valued)                 as entry,
    generate_subscripts(valued, 1) as place
  from sent
),

-- a type that comes twice in one list, which it does only where somebody asks for a breakdown, is kept apart
named as (
  select
    *,
    json_extract_string(entry, '$.action_type') as action_type,
    row_number() over (
      partition by raw_account, raw_ref, measure, json_extract_string(entry, '$.action_type') order by place
    )                                           as copy_number
  from entries
),

fields as (
  select
    *,
    unnest(json_keys(entry)) as field
  from named
),

numbers as (
  select
    raw_account,
    raw_ref,
    action_type,
    copy_number,
    case when field = 'value' then 'default' else field end as attribution_window,
    max(case when measure = 'count' then json_extract_string(entry, '$."' || field || '"') end) as count_text,
    max(case when measure = 'value' then json_extract_string(entry, '$."' || field || '"') end) as value_text
  from fields
  where regexp_full_match(field, 'value|[0-9]+d_[a-z_]+|skan_[a-z_]+|inline|dda|incrementality[a-z_]*')
  group by raw_account, raw_ref, action_type, copy_number, attribution_window
),

judged as (
  select
    s.*,
    n.action_type,
    n.attribution_window,
    n.count_text,
    n.value_text,
    max(n.copy_number) over (partition by n.raw_account, n.raw_ref, n.action_type) as copies
  from numbers as n
  join sent as s
    on s.raw_account = n.raw_account
    and s.raw_ref = n.raw_ref
  where n.count_text is not null
    or n.value_text is not null

  union all

  -- lists that are none
  select
    *,
    cast(null as string) as action_type,
    cast(null as string) as attribution_window,
    cast(null as string) as count_text,
    cast(null as string) as value_text,
    1                    as copies
  from sent
  where (actions is not null and counted is null)
    or (action_values is not null and valued is null)
),

named_faults as (
  select
    *,
    case
      when bad_row is not null then bad_row
      when attribution_window is null then case when counted is null and actions is not null then 'actions' else 'action_values' end
      when action_type is null or copies > 1 then 'action_type'
      when count_text is not null and try_cast(count_text as decimal(18, 6)) is null then 'action_count'
      when value_text is not null and try_cast(value_text as decimal(18, 6)) is null then 'action_value'
    end as bad_field
  from judged
)

select
  run_date()                                                as report_date,
  coalesce(account_id, raw_account)                         as account_id,
  account_currency                                          as account_currency,
  campaign_id                                               as campaign_id,
  adset_id                                                  as adset_id,
  ad_id                                                     as ad_id,
  attribution_setting                                       as attribution_setting,
  action_type                                               as action_type,
  attribution_window                                        as attribution_window,
  try_cast(count_text as decimal(18, 6))                    as action_count,
  try_cast(value_text as decimal(18, 6))                    as action_value,
  -- the day is whole when it was read after its midnight in the account's zone
  is_final                                                  as is_final,
  bad_field                                                 as bad_field,
  case bad_field
    when 'date_start' then coalesce(date_start, 'missing')
    when 'actions' then left(actions, 200)
    when 'action_values' then left(action_values, 200)
    when 'action_type' then coalesce(action_type || ' comes ' || copies || ' times', 'missing')
    when 'action_count' then count_text
    when 'action_value' then value_text
    when 'account_id' then 'missing'
    when 'campaign_id' then 'missing'
    when 'ad_id' then 'missing'
    when 'account_currency' then 'missing'
  end                                                       as bad_value,
  raw_fetched_at                                            as fetched_at,
  raw_ref                                                   as raw_ref
from named_faults
