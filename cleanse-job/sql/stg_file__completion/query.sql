-- one row per completion line of the day: kept, or with the reason why it was removed
with ranked as (
  select
    *,
    case when bad_field is null then 'good' else 'bad' end as state,
    row_number() over (
      partition by transaction_id, case when bad_field is null then 'good' else 'bad' end
      order by report_date, completed_at, coalesce(user_id_key, ''), coalesce(campaign_id, ''),
        coalesce(address_key, ''), reward nulls last, source_file, source_line
    ) as copy_number
  from src_file__completions
)

select
  report_date                                       as report_date,
  transaction_id                                    as transaction_id,
  completed_at                                      as completed_at,
  user_id_key                                       as user_id_key,
  campaign_id                                       as campaign_id,
  address_key                                       as address_key,
  reward                                            as reward,
  case
    when state = 'bad' then 'unreadable_value'
    when copy_number > 1 then 'duplicate'
  end                                               as removed_reason,
  case
    when state = 'bad' then bad_field || '=' || coalesce(bad_value, '')
    when copy_number > 1 then 'copy ' || cast(copy_number as string)
  end                                               as observed_value,
  raw_ref                                           as raw_ref
from ranked
where report_date = run_date()
