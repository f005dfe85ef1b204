-- one row per campaign and what it was, with the days on which it was that
with delivered as (
  select
    channel,
    campaign_id,
    report_date,
    -- two on one day: the later in the alphabet, whatever the order of the rows
    max(account_id) as account_id,
    max(coalesce(campaign_name, campaign_id)) as campaign_name
  from stg_ad_daily
  where campaign_id is not null
  group by channel, campaign_id, report_date
),

settings as (
  select
    channel, campaign_id, valid_on, account_id, campaign_name, status, objective, daily_budget_local, total_budget_local, currency_local,
    -- days read in one backfill all tell of the day of the reading
    row_number() over (
      partition by channel, campaign_id, valid_on
      -- the account that a campaign has left may still tell of it
      order by report_date desc, case when status = 'removed' then 1 else 0 end, account_id desc
    ) as nth
  from stg_campaign_setting
  where removed_reason is null and campaign_id is not null
),

campaigns as (
  select channel, campaign_id, min(report_date) as first_day from delivered group by channel, campaign_id
),

told as (
  select
    s.channel, s.campaign_id, s.valid_on, s.account_id, s.campaign_name, s.status, s.objective,
    s.daily_budget_local, s.total_budget_local, s.currency_local, 1 as settings
  from settings as s
  inner join campaigns as c -- before it ran it was no campaign: what is told of a day must not change when it runs later
    on c.channel = s.channel and c.campaign_id = s.campaign_id and s.valid_on >= c.first_day
  where s.nth = 1

  union all

  -- names of reports are those of the moment they were read: those of the settings come first
  select
    d.channel, d.campaign_id, d.report_date, d.account_id, d.campaign_name, null, null,
    null, null, null, 0
  from delivered as d
),

seen as (
  select
    channel,
    campaign_id,
    valid_on,
    coalesce(max(case when settings = 1 then account_id end), max(account_id)) as account_id,
    coalesce(max(case when settings = 1 then campaign_name end), max(campaign_name), campaign_id) as campaign_name,
    max(status) as status,
    max(objective) as objective,
    max(daily_budget_local) as daily_budget_local,
    max(total_budget_local) as total_budget_local,
    max(currency_local) as currency_local,
    max(settings) as settings
  from told
  group by channel, campaign_id, valid_on
),

spans as (
  select
    *,
    sum(settings) over (partition by channel, campaign_id order by valid_on) as span,
    sum(settings) over (partition by channel, campaign_id) as last_span
  from seen
),

-- what it was set to holds until it is told again. After the last telling reports may know a newer name
known as (
  select
    channel, campaign_id, valid_on,
    case
      when span between 1 and last_span - 1 then max(case when settings = 1 then account_id end) over (partition by channel, campaign_id, span)
      else account_id
    end as account_id,
    case
      when span between 1 and last_span - 1 then max(case when settings = 1 then campaign_name end) over (partition by channel, campaign_id, span)
      else campaign_name
    end as campaign_name,
    max(status) over (partition by channel, campaign_id, span) as status,
    max(objective) over (partition by channel, campaign_id, span) as objective,
    max(daily_budget_local) over (partition by channel, campaign_id, span) as daily_budget_local,
    max(total_budget_local) over (partition by channel, campaign_id, span) as total_budget_local,
    max(currency_local) over (partition by channel, campaign_id, span) as currency_local
  from spans
),

compared as (
  select
    *,
    coalesce(account_id, '') || '|' || campaign_name || '|' || coalesce(status, '') || '|' || coalesce(objective, '') || '|'
      || coalesce(cast(daily_budget_local as string), '') || '|' || coalesce(cast(total_budget_local as string), '') as what
  from known
),

changes as (
  select
    *,
    lag(what) over (partition by channel, campaign_id order by valid_on) as what_before
  from compared
),

versions as (
  select
    *,
    lead(valid_on) over (partition by channel, campaign_id order by valid_on) as next_from
  from changes
  where what_before is distinct from what
)

select
  channel                                           as channel,
  account_id                                        as account_id,
  campaign_id                                       as campaign_id,
  campaign_name                                     as campaign_name,
  status                                            as status,
  objective                                         as objective,
  daily_budget_local                                as daily_budget_local,
  total_budget_local                                as total_budget_local,
  currency_local                                    as currency_local,
  valid_on                                          as valid_from,
  coalesce(next_from, date '9999-12-31')            as valid_to,
  next_from is null                                 as is_current
from versions
