-- one row per report_date, cohort_date, channel, campaign, platform and country
with acquired as (
  select
    acquisition_date                                  as cohort_date,
    channel,
    campaign_id,
    coalesce(platform, 'unknown')                     as platform,
    coalesce(country, 'unknown')                      as country,
    users,
    cost_share                                        as cost,
    0                                                 as orders,
    0                                                 as payers,
    0                                                 as revenue,
    0                                                 as ad_revenue,
    0                                                 as net_value
  from fct_acquisition
  where acquisition_date = run_date()
),

-- what its buyer was acquired after is no value of the acquisition
paid as (
  select
    acquisition_date                                  as cohort_date,
    channel,
    campaign_id,
    coalesce(platform, 'unknown')                     as platform,
    coalesce(country, 'unknown')                      as country,
    0                                                 as users,
    0                                                 as cost,
    case when kind in ('refund', 'ad_revenue') then 0 else 1 end as orders,
    case when is_first then 1 else 0 end              as payers,
    case when kind = 'ad_revenue' then 0 else revenue end        as revenue,
    case when kind = 'ad_revenue' then revenue else 0 end        as ad_revenue,
    cast(
      revenue * cast(
        case kind
          when 'ad_revenue' then param_kept_of_ad_revenue()
          when 'subscription' then param_kept_of_subscription()
          when 'reservation' then param_kept_of_reservation()
          else param_kept_of_purchase()
        end as decimal(9, 6)
      ) as decimal(18, 4)
    )                                                 as net_value
  from fct_order
  where order_date = run_date()
    and acquired_user_id is not null
    and acquisition_date <= order_date
),

happened as (
  select * from acquired
  union all
  select * from paid
)

select
  run_date()                                          as report_date,
  cohort_date                                         as cohort_date,
  channel                                             as channel,
  campaign_id                                         as campaign_id,
  platform                                            as platform,
  country                                             as country,
  cast(sum(users) as bigint)                          as users,
  cast(sum(cost) as decimal(18, 4))                   as cost,
  cast(sum(orders) as bigint)                         as orders,
  cast(sum(payers) as bigint)                         as payers,
  cast(sum(revenue) as decimal(18, 4))                as revenue,
  cast(sum(ad_revenue) as decimal(18, 4))             as ad_revenue,
  cast(sum(net_value) as decimal(18, 4))              as net_value
from happened
group by cohort_date, channel, campaign_id, platform, country
