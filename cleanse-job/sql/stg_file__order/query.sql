-- one row per order line that a dropped file held for the day: kept, or with the reason why it was removed
with ranked as (
  select
    *,
    row_number() over (
      partition by source_file, source_line, case when bad_field is null then 1 else 0 end
      order by raw_ref
    ) as copy_number
  from src_file__orders
  where report_date = run_date()
)

select
  report_date                                       as report_date,
  order_id                                          as order_id,
  customer_id                                       as customer_id,
  quantity                                          as quantity,
  amount                                            as amount,
  currency                                          as currency,
  source_file                                       as source_file,
  source_line                                       as source_line,
  case
    when bad_field is not null then 'unreadable_value'
    when copy_number > 1 then 'duplicate'
  end                                               as removed_reason,
  case
    when bad_field is not null then bad_field || '=' || coalesce(bad_value, '')
    when copy_number > 1 then 'copy ' || cast(copy_number as string)
  end                                               as observed_value,
  raw_ref                                           as raw_ref
from ranked
