-- one row per campaign whose settings a channel told: kept, or with the reason why it was removed
with meta_currencies as (
  select account_id, max(currency_local) as currency
  from stg_meta__ad_daily
  where report_date <= run_date() and removed_reason is null
  group by account_id
),

meta_units as (
  select
    account_id,
    currency,
    -- currencies whose budgets Meta tells in whole units, of others in hundredths
    case
      when currency in ('CLP', 'COP', 'CRC', 'HUF', 'ISK', 'IDR', 'JPY', 'KRW', 'PYG', 'TWD', 'VND') then 1
      else 0.01
    end as unit
  from meta_currencies
),

told as (
  select
    'meta' as channel, s.account_id, s.campaign_id, s.campaign_name, s.read_on, s.status, s.objective,
    cast(s.daily_budget_minor * u.unit as decimal(18, 4)) as daily_budget_local,
    cast(s.lifetime_budget_minor * u.unit as decimal(18, 4)) as total_budget_local,
    u.currency as currency_local, s.bad_field, s.bad_value, s.raw_ref
  from src_meta__campaign_setting as s
  left join meta_units as u -- an account that showed nothing of late, its currency is not known here
    on u.account_id = s.account_id
  where s.report_date = run_date()

  union all

  select
    'google_ads', customer_id, campaign_id, campaign_name, read_on, campaign_status, channel_type,
    cast(case when budget_period = 'CUSTOM_PERIOD' then null else budget_micros * 0.000001 end as decimal(18, 4)),
    cast(total_budget_micros * 0.000001 as decimal(18, 4)),
    currency_code, bad_field, bad_value, raw_ref
  from src_google_ads__campaign_setting
  where report_date = run_date()

  union all

  select
    'apple_search_ads', org_id, campaign_id, campaign_name, read_on, case when is_deleted then 'REMOVED' else campaign_status end,
    ad_channel_type, daily_budget, total_budget, currency, bad_field, bad_value, raw_ref
  from src_apple_search_ads__campaign_setting
  where report_date = run_date()

  union all

  select
    'naver_search_ad', customer_id, campaign_id, campaign_name, day_in(fetched_at, 'Asia/Seoul'),
    case when deleted_at is not null then 'REMOVED' when is_on then 'ACTIVE' else 'PAUSED' end,
    case campaign_type
      when '1' then 'web_site' when '2' then 'shopping' when '3' then 'power_contents'
      when '4' then 'brand_search' when '6' then 'place' else campaign_type
    end,
    cast(null as decimal(18, 4)), cast(null as decimal(18, 4)),
    'KRW', bad_field, bad_value, raw_ref
  from src_naver_search_ad__campaign
  where report_date = run_date()
),

numbered as (
  select
    *,
    row_number() over (
      partition by channel, account_id, campaign_id, bad_field is null
      order by raw_ref
    ) as copy_number
  from told
)

select
  run_date()                                        as report_date,
  channel                                           as channel,
  account_id                                        as account_id,
  campaign_id                                       as campaign_id,
  campaign_name                                     as campaign_name,
  -- read on the day after, as each morning's run does, it tells how the day ended, later only what is so then
  case when days_between(run_date(), read_on) <= 1 then run_date() else read_on end as valid_on,
  case
    when status in ('ACTIVE', 'ENABLED') then 'active'
    when status in ('ARCHIVED', 'DELETED', 'REMOVED') then 'removed'
    else lower(status)
  end                                               as status,
  lower(objective)                                  as objective,
  daily_budget_local                                as daily_budget_local,
  total_budget_local                                as total_budget_local,
  currency_local                                    as currency_local,
  case
    when bad_field is not null then 'unreadable_value'
    when copy_number > 1 then 'duplicate'
  end                                               as removed_reason,
  case
    when bad_field is not null then bad_field || '=' || coalesce(bad_value, '')
    when copy_number > 1 then 'copy ' || cast(copy_number as string)
  end                                               as observed_value,
  raw_ref                                           as raw_ref
from numbered
