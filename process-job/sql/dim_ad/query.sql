-- one row per ad and what it was, with the days on which it was that
with delivered as (
  select
    channel,
    ad_group_id,
    ad_id,
    report_date,
    -- two on one day: the later in the alphabet, whatever the order of the rows
    max(account_id) as account_id,
    max(campaign_id) as campaign_id,
    max(coalesce(ad_name, ad_id)) as ad_name
  from stg_ad_daily
  where ad_id is not null
  group by channel, ad_group_id, ad_id, report_date
),

links as (
  select
    channel, ad_group_id, ad_id, valid_on, landing_url,
    -- days read in one backfill all tell of the day of the reading
    row_number() over (
      partition by channel, ad_group_id, ad_id, valid_on
      order by report_date desc, landing_url desc
    ) as nth
  from stg_ad_link
  where removed_reason is null and ad_id is not null
),

told as (
  select channel, ad_group_id, ad_id, report_date, account_id, campaign_id, ad_name, null as landing_url, 1 as ran, 0 as linked
  from delivered

  union all

  select channel, ad_group_id, ad_id, valid_on, null, null, null, landing_url, 0, 1
  from links
  where nth = 1
),

known as (
  select
    channel,
    ad_group_id,
    ad_id,
    report_date,
    max(account_id)  as account_id,
    max(campaign_id) as campaign_id,
    max(ad_name)     as ad_name,
    max(landing_url) as landing_url,
    max(ran)         as ran,
    max(linked)      as linked
  from told
  group by channel, ad_group_id, ad_id, report_date
),

spans as (
  select
    *,
    -- the first telling stands for the days before it too: a site that reads its past wants to know where that led
    greatest(sum(linked) over (partition by channel, ad_group_id, ad_id order by report_date), 1) as span
  from known
),

seen as (
  select *
  from (
    select
      channel, ad_group_id, ad_id, report_date, account_id, campaign_id, ad_name, ran,
      -- where it leads holds until it is told again
      max(landing_url) over (partition by channel, ad_group_id, ad_id, span) as landing_url
    from spans
  ) as l
  where ran = 1 -- before and between the days that it ran, it is no news
),

compared as (
  select
    *,
    lag(report_date) over (partition by channel, ad_group_id, ad_id order by report_date) as date_before,
    lag(account_id) over (partition by channel, ad_group_id, ad_id order by report_date) as account_id_before,
    lag(campaign_id) over (partition by channel, ad_group_id, ad_id order by report_date) as campaign_id_before,
    lag(landing_url) over (partition by channel, ad_group_id, ad_id order by report_date) as landing_url_before,
    lag(ad_name) over (partition by channel, ad_group_id, ad_id order by report_date) as ad_name_before
  from seen
),

changes as (
  select
    channel,
    ad_group_id,
    ad_id,
    account_id,
    campaign_id,
    ad_name,
    landing_url,
    report_date as valid_from
  from compared
  where date_before is null
    or account_id_before is distinct from account_id
    or campaign_id_before is distinct from campaign_id
    or ad_name_before is distinct from ad_name
    or landing_url_before is distinct from landing_url
),

versions as (
  select
    *,
    lead(valid_from) over (partition by channel, ad_group_id, ad_id order by valid_from) as next_from
  from changes
)

select
  channel                                           as channel,
  account_id                                        as account_id,
  campaign_id                                       as campaign_id,
  ad_group_id                                       as ad_group_id,
  ad_id                                             as ad_id,
  ad_name                                           as ad_name,
  landing_url                                       as landing_url,
  valid_from                                        as valid_from,
  coalesce(next_from, date '9999-12-31')            as valid_to,
  next_from is null                                 as is_current
from versions
