-- one row per account, campaign and action type of Meta that is compared with the rows of the ads
with campaigns as (
  select account_id, campaign_id, action_type, sum(action_count) as conversions, sum(action_value) as value_local
  from src_meta__campaign_action
  where report_date = run_date()
    and bad_field is null
  group by account_id, campaign_id, action_type
),

-- what a roll-up says is compared, too: only repeats and what cannot be read are not
ads as (
  select
    account_id,
    campaign_id,
    action_type,
    max(metric)                                     as metric,
    sum(conversions)                                as conversions,
    sum(value_local)                                as value_local
  from stg_meta__action
  where report_date = run_date()
    and attribution_window = 'default'
    and coalesce(removed_reason, '') not in ('unreadable_value', 'duplicate')
  group by account_id, campaign_id, action_type
),

-- a type may be missing on either side
sides as (
  select
    account_id,
    campaign_id,
    action_type,
    cast(null as string)                            as metric,
    coalesce(conversions, 0)                        as conversions,
    coalesce(value_local, 0)                        as value_local,
    0                                               as ad_conversions,
    0                                               as ad_value_local
  from campaigns

  union all

  select a.account_id, a.campaign_id, a.action_type, a.metric, 0, 0, a.conversions, coalesce(a.value_local, 0)
  from ads as a
  inner join (select distinct account_id from campaigns) as c
    on c.account_id = a.account_id
)

select
  run_date()                                                    as report_date,
  account_id                                                    as account_id,
  campaign_id                                                   as campaign_id,
  action_type                                                   as action_type,
  max(metric)                                                   as metric,
  cast(sum(conversions) as decimal(18, 6))                      as conversions,
  cast(sum(ad_conversions) as decimal(18, 6))                   as ad_conversions,
  cast(round(sum(value_local), 4) as decimal(18, 4))            as value_local,
  cast(round(sum(ad_value_local), 4) as decimal(18, 4))         as ad_value_local,
  cast(sum(conversions) - sum(ad_conversions) as decimal(18, 6)) as difference
from sides
group by account_id, campaign_id, action_type
