-- one row per as-of date, horizon_days and method
with tests as (
  select
    horizon_days,
    test_date,
    channel,
    campaign_id,
    cast(users as double)                           as users,
    cast(observed + actual as decimal(18, 4))       as actual,
    cast(observed + expected as decimal(18, 4))     as forecast,
    cast(observed + by_channel as decimal(18, 4))   as shape_of_channel,
    cast(observed + alike as decimal(18, 4))        as shape_of_all,
    cast(observed + own_rate as decimal(18, 4))     as own_rate,
    cast(observed + multiplier as decimal(18, 4))   as multiplier,
    cast(observed + last_month as decimal(18, 4))   as last_month,
    observed + low_50                               as low_50,
    observed + high_50                              as high_50,
    observed + low_80                               as low_80,
    observed + high_80                              as high_80,
    observed + low_90                               as low_90,
    observed + high_90                              as high_90
  from ltv_backtest
  where level = 'campaign'
    and users > 0
),

said as (
  select horizon_days, 'forecast' as method, test_date, channel, campaign_id, users, actual, forecast as predicted, low_50, high_50, low_80, high_80, low_90, high_90
  from tests
  union all
  select horizon_days, 'shape_of_channel', test_date, channel, campaign_id, users, actual, shape_of_channel, null, null, null, null, null, null
  from tests
  union all
  select horizon_days, 'shape_of_all', test_date, channel, campaign_id, users, actual, shape_of_all, null, null, null, null, null, null
  from tests
  union all
  select horizon_days, 'own_rate', test_date, channel, campaign_id, users, actual, own_rate, null, null, null, null, null, null
  from tests
  union all
  select horizon_days, 'multiplier', test_date, channel, campaign_id, users, actual, multiplier, null, null, null, null, null, null
  from tests
  union all
  select horizon_days, 'last_month', test_date, channel, campaign_id, users, actual, last_month, null, null, null, null, null, null
  from tests
),

each_user as (
  select
    *,
    cast(cast(predicted as double) / users as decimal(18, 4)) as predicted_each,
    cast(cast(actual as double) / users as decimal(18, 4))    as actual_each
  from said
),

ranked as (
  select
    *,
    row_number() over (partition by horizon_days, method order by predicted_each, test_date, channel, campaign_id) as nth_predicted,
    row_number() over (partition by horizon_days, method order by actual_each, test_date, channel, campaign_id)    as nth_actual,
    case when predicted > 0 and actual > 0 then abs(ln(cast(predicted as double) / cast(actual as double))) end    as log_error
  from each_user
),

summed as (
  select
    horizon_days,
    method,
    count(distinct test_date)                                          as test_dates,
    count(*)                                                           as tests,
    cast(sum(actual) as decimal(38, 4))                                as actual,
    cast(sum(predicted) as decimal(38, 4))                             as predicted,
    cast(sum(abs(predicted - actual)) as decimal(38, 4))               as missed,
    percentile_cont(0.5) within group (order by log_error)             as median_error,
    cast(sum(nth_predicted * actual_each) as decimal(38, 4))           as gain,
    cast(sum(nth_actual * actual_each) as decimal(38, 4))              as best_gain,
    cast(sum(actual_each) as decimal(38, 4))                           as actual_each,
    sum((nth_predicted - nth_actual) * (nth_predicted - nth_actual))   as rank_distance,
    count(low_80)                                                      as banded,
    count(case when actual between low_50 and high_50 then 1 end)      as within_50,
    count(case when actual between low_80 and high_80 then 1 end)      as within_80,
    count(case when actual between low_90 and high_90 then 1 end)      as within_90,
    cast(sum(high_80 - low_80) as decimal(38, 4))                      as width
  from ranked
  group by horizon_days, method
)

select
  run_date()                                                             as as_of_date,
  horizon_days                                                           as horizon_days,
  method                                                                 as method,
  cast(test_dates as bigint)                                             as test_dates,
  cast(tests as bigint)                                                  as tests,
  cast(actual as decimal(18, 4))                                         as actual,
  cast(predicted as decimal(18, 4))                                      as predicted,
  cast(predicted as double) / nullif(cast(actual as double), 0) - 1      as bias,
  cast(missed as double) / nullif(cast(actual as double), 0)             as wape,
  round(median_error, 6)                                                 as median_log_error,
  case
    when tests > 1
      then
        (2 * cast(gain as double) - (tests + 1) * cast(actual_each as double))
        / nullif(2 * cast(best_gain as double) - (tests + 1) * cast(actual_each as double), 0)
  end                                                                    as normalised_gini,
  case
    when tests > 1
      then 1 - 6 * cast(rank_distance as double) / (cast(tests as double) * (cast(tests as double) * cast(tests as double) - 1))
  end                                                                    as spearman,
  cast(within_50 as double) / nullif(cast(banded as double), 0)          as coverage_50,
  cast(within_80 as double) / nullif(cast(banded as double), 0)          as coverage_80,
  cast(within_90 as double) / nullif(cast(banded as double), 0)          as coverage_90,
  cast(width as double) / nullif(cast(predicted as double), 0)           as width_80,
  'revised'                                                              as data
from summed
