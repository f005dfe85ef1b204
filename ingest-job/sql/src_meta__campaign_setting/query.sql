-- one row per campaign of the account
with cast_rows as (
  select
    *,
    whole(daily_budget)                                     as n_daily_budget,
    whole(lifetime_budget)                                  as n_lifetime_budget,
    -- the first field that is not what Meta promises
    case
      when account_id is null then 'account_id'
      when campaign_id is null then 'campaign_id'
      when status is null then 'status'
      when daily_budget is not null and whole(daily_budget) is null then 'daily_budget'
      when lifetime_budget is not null and whole(lifetime_budget) is null then 'lifetime_budget'
    end                                                     as bad_field
  from raw
)

select
  run_date()                                                as report_date,
  coalesce(account_id, raw_account)                         as account_id,
  campaign_id                                               as campaign_id,
  campaign_name                                             as campaign_name,
  status                                                    as status,
  effective_status                                          as effective_status,
  objective                                                 as objective,
  n_daily_budget                                            as daily_budget_minor,
  n_lifetime_budget                                         as lifetime_budget_minor,
  day_in(raw_fetched_at, raw_time_zone)                     as read_on,
  bad_field                                                 as bad_field,
  case bad_field
    when 'account_id' then 'missing'
    when 'campaign_id' then 'missing'
    when 'status' then 'missing'
    when 'daily_budget' then daily_budget
    when 'lifetime_budget' then lifetime_budget
  end                                                       as bad_value,
  raw_fetched_at                                            as fetched_at,
  raw_ref                                                   as raw_ref
from cast_rows
