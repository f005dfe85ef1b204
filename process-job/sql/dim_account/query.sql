-- one row per ad account and what it was called, with the days on which it was called that
with told as (
  select channel, account_id, account_name, report_date
  from stg_meta__ad_daily
  where removed_reason is null

  union all

  select channel, account_id, account_name, report_date
  from stg_google_ads__ad_daily
  where removed_reason is null

  union all

  select channel, account_id, account_name, report_date
  from stg_google_ads__campaign_daily
  where removed_reason is null
),

-- two on one day: the later in the alphabet, whatever the order of the rows
seen as (
  select channel, account_id, report_date, max(account_name) as account_name
  from told
  where account_id is not null and account_name is not null
  group by channel, account_id, report_date
),

changes as (
  select
    *,
    lag(account_name) over (partition by channel, account_id order by report_date) as account_name_before
  from seen
),

versions as (
  select
    *,
    lead(report_date) over (partition by channel, account_id order by report_date) as next_from
  from changes
  where account_name_before is distinct from account_name
)

select
  channel                                           as channel,
  account_id                                        as account_id,
  account_name                                      as account_name,
  report_date                                       as valid_from,
  coalesce(next_from, date '9999-12-31')            as valid_to,
  next_from is null                                 as is_current
from versions
