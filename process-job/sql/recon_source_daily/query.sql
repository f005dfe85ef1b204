-- one row per channel and kind of success, as each side counts it
with claimed as (
  select
    channel,
    metric,
    sum(conversions)                                        as conversions,
    sum(value)                                              as value
  from stg_ad_conversion
  where report_date = run_date()
    and attribution_window = 'default'
    and metric in ('install', 'purchase')
  group by channel, metric
),

told as (
  select channel, 'install' as metric, count(*) as installs
  from stg_install
  where install_date = run_date()
    and removed_reason is null
    and channel <> 'organic'
  group by channel
),

ours as (
  select channel, 'install' as metric, sum(users) as number, cast(null as decimal(38, 4)) as value
  from fct_acquisition
  where acquisition_date = run_date()
    and acquisition_kind = 'install'
    and channel <> 'organic'
  group by channel

  union all

  select channel, 'purchase', count(*), sum(revenue)
  from fct_order
  where order_date = run_date()
    and kind in ('purchase', 'subscription', 'reservation')
    and channel not in ('organic', 'unattributed')
  group by channel
),

sides as (
  select channel, metric from claimed
  union
  select channel, metric from told
  union
  select channel, metric from ours
)

select
  run_date()                                                as report_date,
  s.channel                                                 as channel,
  s.metric                                                  as metric,
  cast(coalesce(c.conversions, 0) as decimal(18, 6))        as claimed,
  cast(coalesce(c.value, 0) as decimal(18, 4))              as claimed_value,
  cast(coalesce(t.installs, 0) as bigint)                   as attributed,
  cast(coalesce(o.number, 0) as bigint)                     as credited,
  cast(coalesce(o.value, 0) as decimal(18, 4))              as credited_value,
  cast(coalesce(c.conversions, 0) - coalesce(o.number, 0) as decimal(18, 6)) as difference,
  case
    when c.channel is null then 'no_claim_told'
    when coalesce(c.conversions, 0) = coalesce(o.number, 0) then 'equal'
    when coalesce(c.conversions, 0) > coalesce(o.number, 0) then 'claims_more'
    else 'claims_less'
  end                                                       as reason
from sides as s
left join claimed as c -- Naver and networks without reports claim nothing
  on c.channel = s.channel and c.metric = s.metric
left join told as t -- AppsFlyer tells installs
  on t.channel = s.channel and t.metric = s.metric
left join ours as o -- nothing was found of what a channel claims
  on o.channel = s.channel and o.metric = s.metric
