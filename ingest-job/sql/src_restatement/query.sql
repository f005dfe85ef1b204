-- one row per version of a day that changed the sum of a number
with versions as (
  select
    dataset,
    account_id,
    metric,
    run_id,
    cast(version as integer)             as version,
    cast(read_at as timestamp)           as read_at,
    cast(total as decimal(38, 6))        as total
  from raw
),

compared as (
  select
    *,
    lag(total) over (partition by dataset, account_id, metric order by version)   as total_before,
    lag(run_id) over (partition by dataset, account_id, metric order by version)  as run_before,
    min(version) over (partition by dataset)                                      as first_version
  from versions
)

select
  run_date()                                              as report_date,
  split_part(substr(dataset, 5), '__', 1)                 as channel,
  dataset                                                 as dataset,
  nullif(account_id, 'null')                              as account_id,
  metric                                                  as metric,
  total_before                                            as old_value,
  total                                                   as new_value,
  cast(total - coalesce(total_before, 0) as decimal(38, 6)) as change,
  run_before                                              as old_run_id,
  run_id                                                  as run_id,
  read_at                                                 as read_at,
  cast(date_diff('day', run_date(), cast(read_at as date)) as integer) as days_after
from compared
where version > first_version
  and total is distinct from total_before
