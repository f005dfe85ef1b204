-- one row per ad group and what it was, with the days on which it was that
with seen as (
  select
    channel,
    ad_group_id,
    report_date,
    -- two on one day: the later in the alphabet, whatever the order of the rows
    max(account_id) as account_id,
    max(campaign_id) as campaign_id,
    max(coalesce(ad_group_name, ad_group_id)) as ad_group_name
  from stg_ad_daily
  where ad_group_id is not null
  group by channel, ad_group_id, report_date
),

compared as (
  select
    *,
    lag(report_date) over (partition by channel, ad_group_id order by report_date) as date_before,
    lag(account_id) over (partition by channel, ad_group_id order by report_date) as account_id_before,
    lag(campaign_id) over (partition by channel, ad_group_id order by report_date) as campaign_id_before,
    lag(ad_group_name) over (partition by channel, ad_group_id order by report_date) as ad_group_name_before
  from seen
),

changes as (
  select
    channel,
    ad_group_id,
    account_id,
    campaign_id,
    ad_group_name,
    report_date as valid_from
  from compared
  where date_before is null
    or account_id_before is distinct from account_id
    or campaign_id_before is distinct from campaign_id
    or ad_group_name_before is distinct from ad_group_name
),

versions as (
  select
    *,
    lead(valid_from) over (partition by channel, ad_group_id order by valid_from) as next_from
  from changes
)

select
  channel                                           as channel,
  account_id                                        as account_id,
  campaign_id                                       as campaign_id,
  ad_group_id                                       as ad_group_id,
  ad_group_name                                     as ad_group_name,
  valid_from                                        as valid_from,
  coalesce(next_from, date '9999-12-31')            as valid_to,
  next_from is null                                 as is_current
from versions
