-- one row per row of Adison's report: kept, or with the reason why it was removed
with priced as (
  select
    *,
    cast(coalesce(cost, 0) as decimal(18, 4)) as cost_sent,
    case
      when bad_field = '(repeated)' then 'duplicate'
      when bad_field = '(total)' then 'total_row'
      when bad_field is not null then 'unreadable_value'
    end                                       as removed_reason
  from src_adison__report
  where report_date = run_date()
)

select
  report_date                                             as report_date,
  'adison'                                                as channel,
  account_id                                              as account_id,
  campaign_id                                             as campaign_id,
  campaign_name                                           as campaign_name,
  platform                                                as platform,
  ad_type                                                 as ad_type,
  cast(coalesce(impressions, 0) as bigint)                as impressions,
  cast(coalesce(clicks, 0) as bigint)                     as clicks,
  cast(coalesce(completions, 0) as bigint)                as completions,
  -- ten elevenths, rounded half up in whole 0.0001 won: engines divide decimals each in their own way
  case
    when vat_included
      then cast(
        cast(floor((cast(cost_sent as double) * 100000 + 5) / 11) as bigint) * cast(0.0001 as decimal(5, 4))
        as decimal(18, 4))
    else cost_sent
  end                                                     as cost_net,
  case
    when vat_included then cost_sent
    else cast(cost_sent * cast(1.1 as decimal(2, 1)) as decimal(18, 4))
  end                                                     as cost_gross,
  coalesce(is_final, false)                               as is_final,
  removed_reason                                          as removed_reason,
  case when bad_field is not null then bad_field || '=' || coalesce(bad_value, '') end as observed_value,
  raw_ref                                                 as raw_ref
from priced
