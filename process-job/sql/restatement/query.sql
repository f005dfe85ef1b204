-- one row per source dataset, account, number and age at which it was told otherwise
with changes as (
  select
    *,
    row_number() over (partition by dataset, account_id, metric, days_after order by read_at) as nth,
    row_number() over (partition by dataset, account_id, metric, days_after order by read_at desc) as nth_last
  from src_restatement
  where report_date = run_date()
    and old_value is not null -- the first reading restates nothing
)

select
  run_date()                                                as report_date,
  channel                                                   as channel,
  dataset                                                   as dataset,
  account_id                                                as account_id,
  metric                                                    as metric,
  days_after                                                as days_after,
  max(case when nth = 1 then old_value end)                 as value_before,
  max(case when nth_last = 1 then new_value end)            as value_after,
  cast(sum(change) as decimal(38, 6))                       as change,
  cast(sum(change) as double) / nullif(cast(max(case when nth = 1 then old_value end) as double), 0) as change_share,
  count(*)                                                  as readings
from changes
group by channel, dataset, account_id, metric, days_after
