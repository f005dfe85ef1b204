-- one row per campaign of the organization
with cast_rows as (
  select
    *,
    try_cast(daily_budget as decimal(18, 4))                as n_daily_budget,
    try_cast(total_budget as decimal(18, 4))                as n_total_budget,
    -- the first field that is not what Apple promises, or not what the site declares
    case
      when org_id is null then 'org_id'
      when org_id <> raw_account then 'org_id'
      when campaign_id is null then 'campaign_id'
      when campaign_status is null then 'campaign_status'
      when daily_budget is not null and try_cast(daily_budget as decimal(18, 4)) is null then 'daily_budget'
      when total_budget is not null and try_cast(total_budget as decimal(18, 4)) is null then 'total_budget'
    end                                                     as bad_field
  from raw
)

select
  run_date()                                                as report_date,
  coalesce(org_id, raw_account)                             as org_id,
  campaign_id                                               as campaign_id,
  campaign_name                                             as campaign_name,
  campaign_status                                           as campaign_status,
  coalesce(lower(deleted) = 'true', false)                  as is_deleted,
  ad_channel_type                                           as ad_channel_type,
  n_daily_budget                                            as daily_budget,
  n_total_budget                                            as total_budget,
  coalesce(daily_currency, total_currency)                  as currency,
  day_in(raw_fetched_at, raw_time_zone)                     as read_on,
  bad_field                                                 as bad_field,
  case bad_field
    when 'org_id' then coalesce(org_id, 'missing')
    when 'campaign_id' then 'missing'
    when 'campaign_status' then 'missing'
    when 'daily_budget' then daily_budget
    when 'total_budget' then total_budget
  end                                                       as bad_value,
  raw_fetched_at                                            as fetched_at,
  raw_ref                                                   as raw_ref
from cast_rows
