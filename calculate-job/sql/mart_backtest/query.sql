-- one row per as-of date, horizon_days, oldest_age_days, method and data
with tests as (
  select
    horizon_days,
    oldest_age_days,
    test_date,
    channel,
    campaign_id,
    cast(users as double)                           as users,
    cast(observed + actual as decimal(18, 4))       as actual,
    cast(observed + expected as decimal(18, 4))     as forecast,
    cast(observed + by_channel as decimal(18, 4))   as shape_of_channel,
    cast(observed + alike as decimal(18, 4))        as shape_of_all,
    cast(observed + shrunk as decimal(18, 4))       as shrunk_multiplier,
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

said_then as (
  select
    t.horizon_days,
    t.oldest_age_days,
    t.test_date,
    t.channel,
    t.campaign_id,
    t.users,
    t.actual,
    cast(f.observed - f.mature_value + f.expected as decimal(18, 4)) as forecast,
    f.low_50 - f.mature_value                       as low_50,
    f.high_50 - f.mature_value                      as high_50,
    f.low_80 - f.mature_value                       as low_80,
    f.high_80 - f.mature_value                      as high_80,
    f.low_90 - f.mature_value                       as low_90,
    f.high_90 - f.mature_value                      as high_90
  from tests as t
  inner join ltv_forecast as f -- of the test date itself: campaigns that nobody knew then were not forecast
    on f.as_of_date = t.test_date
    and f.horizon_days = t.horizon_days
    and f.channel = t.channel
    and f.campaign_id = t.campaign_id
    and f.level = 'campaign'
  where t.oldest_age_days = t.horizon_days - 1
    and f.expected is not null
),

said as (
  select horizon_days, oldest_age_days, 'forecast' as method, 'revised' as data, test_date, channel, campaign_id, users, actual, forecast as predicted, low_50, high_50, low_80, high_80, low_90, high_90
  from tests
  union all
  select horizon_days, oldest_age_days, 'forecast', 'said', test_date, channel, campaign_id, users, actual, forecast, low_50, high_50, low_80, high_80, low_90, high_90
  from said_then
  union all
  select horizon_days, oldest_age_days, 'shape_of_channel', 'revised', test_date, channel, campaign_id, users, actual, shape_of_channel, null, null, null, null, null, null
  from tests
  union all
  select horizon_days, oldest_age_days, 'shape_of_all', 'revised', test_date, channel, campaign_id, users, actual, shape_of_all, null, null, null, null, null, null
  from tests
  union all
  select horizon_days, oldest_age_days, 'shrunk_multiplier', 'revised', test_date, channel, campaign_id, users, actual, shrunk_multiplier, null, null, null, null, null, null
  from tests
  union all
  select horizon_days, oldest_age_days, 'own_rate', 'revised', test_date, channel, campaign_id, users, actual, own_rate, null, null, null, null, null, null
  from tests
  union all
  select horizon_days, oldest_age_days, 'multiplier', 'revised', test_date, channel, campaign_id, users, actual, multiplier, null, null, null, null, null, null
  from tests
  union all
  select horizon_days, oldest_age_days, 'last_month', 'revised', test_date, channel, campaign_id, users, actual, last_month, null, null, null, null, null, null
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
    row_number() over (partition by horizon_days, oldest_age_days, method, data order by predicted_each, test_date, channel, campaign_id) as nth_predicted,
    ntile(10) over (partition by horizon_days, oldest_age_days, method, data order by predicted_each, test_date, channel, campaign_id)    as decile,
    row_number() over (partition by horizon_days, oldest_age_days, method, data order by actual_each, test_date, channel, campaign_id)    as nth_actual,
    case when predicted > 0 and actual > 0 then abs(ln(cast(predicted as double) / cast(actual as double))) end    as log_error
  from each_user
),

tenths as (
  select
    horizon_days,
    oldest_age_days,
    method,
    data,
    decile,
    cast(sum(predicted) as decimal(38, 4))                             as predicted,
    cast(sum(actual) as decimal(38, 4))                                as actual
  from ranked
  group by horizon_days, oldest_age_days, method, data, decile
),

calibrated as (
  select
    horizon_days,
    oldest_age_days,
    method,
    data,
    cast(sum(abs(predicted - actual)) as double) / nullif(cast(sum(actual) as double), 0) as decile_error
  from tenths
  group by horizon_days, oldest_age_days, method, data
  having count(*) = 10
),

summed as (
  select
    horizon_days,
    oldest_age_days,
    method,
    data,
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
  group by horizon_days, oldest_age_days, method, data
)

select
  run_date()                                                             as as_of_date,
  s.horizon_days                                                         as horizon_days,
  s.oldest_age_days                                                      as oldest_age_days,
  s.method                                                               as method,
  cast(s.test_dates as bigint)                                           as test_dates,
  cast(s.tests as bigint)                                                as tests,
  cast(s.actual as decimal(18, 4))                                       as actual,
  cast(s.predicted as decimal(18, 4))                                    as predicted,
  cast(s.predicted as double) / nullif(cast(s.actual as double), 0) - 1  as bias,
  cast(s.missed as double) / nullif(cast(s.actual as double), 0)         as wape,
  round(s.median_error, 6)                                               as median_log_error,
  case
    when s.tests > 1
      then
        (2 * cast(s.gain as double) - (s.tests + 1) * cast(s.actual_each as double))
        / nullif(2 * cast(s.best_gain as double) - (s.tests + 1) * cast(s.actual_each as double), 0)
  end                                                                    as normalised_gini,
  case
    when s.tests > 1
      then 1 - 6 * cast(s.rank_distance as double) / (cast(s.tests as double) * (cast(s.tests as double) * cast(s.tests as double) - 1))
  end                                                                    as spearman,
  cast(s.within_50 as double) / nullif(cast(s.banded as double), 0)      as coverage_50,
  cast(s.within_80 as double) / nullif(cast(s.banded as double), 0)      as coverage_80,
  cast(s.within_90 as double) / nullif(cast(s.banded as double), 0)      as coverage_90,
  cast(s.width as double) / nullif(cast(s.predicted as double), 0)       as width_80,
  c.decile_error                                                         as decile_error,
  s.data                                                                 as data
from summed as s
left join calibrated as c -- fewer than ten tests have no tenths
  on c.horizon_days = s.horizon_days
  and c.oldest_age_days = s.oldest_age_days
  and c.method = s.method
  and c.data = s.data
