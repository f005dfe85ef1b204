-- one row per campaign and name, with the days on which it bore that name
with named as (
  select
    channel,
    account_id,
    campaign_id,
    report_date,
    -- two names on one day: the later in the alphabet, whatever the order of the rows
    max(coalesce(campaign_name, campaign_id)) as campaign_name
  from stg_ad_daily
  where campaign_id is not null
  group by channel, account_id, campaign_id, report_date
),

compared as (
  select
    *,
    lag(campaign_name) over (
      partition by channel, account_id, campaign_id order by report_date
    ) as name_before
  from named
),

changes as (
  select
    channel,
    account_id,
    campaign_id,
    campaign_name,
    report_date as valid_from
  from compared
  where name_before is null
    or name_before <> campaign_name
),

versions as (
  select
    *,
    lead(valid_from) over (
      partition by channel, account_id, campaign_id order by valid_from
    ) as next_from
  from changes
)

select
  channel                                           as channel,
  account_id                                        as account_id,
  campaign_id                                       as campaign_id,
  campaign_name                                     as campaign_name,
  valid_from                                        as valid_from,
  coalesce(next_from, date '9999-12-31')            as valid_to,
  next_from is null                                 as is_current
from versions
