-- one row per campaign of the customer
with cast_rows as (
  select
    *,
    whole(budget_micros)                                    as n_budget_micros,
    whole(total_budget_micros)                              as n_total_budget_micros,
    -- the first field that is not what Google promises, or not what the site declares
    case
      when customer_id is null then 'customer_id'
      when currency_code is null then 'currency_code'
      when campaign_id is null then 'campaign_id'
      when campaign_status is null then 'campaign_status'
      when time_zone is distinct from raw_time_zone then 'time_zone'
      when budget_micros is not null and whole(budget_micros) is null then 'budget_micros'
      when total_budget_micros is not null and whole(total_budget_micros) is null then 'total_budget_micros'
    end                                                     as bad_field
  from raw
)

select
  run_date()                                                as report_date,
  coalesce(customer_id, raw_account)                        as customer_id,
  currency_code                                             as currency_code,
  campaign_id                                               as campaign_id,
  campaign_name                                             as campaign_name,
  campaign_status                                           as campaign_status,
  channel_type                                              as channel_type,
  n_budget_micros                                           as budget_micros,
  n_total_budget_micros                                     as total_budget_micros,
  budget_period                                             as budget_period,
  day_in(raw_fetched_at, raw_time_zone)                     as read_on,
  bad_field                                                 as bad_field,
  case bad_field
    when 'customer_id' then 'missing'
    when 'currency_code' then 'missing'
    when 'campaign_id' then 'missing'
    when 'campaign_status' then 'missing'
    when 'time_zone' then coalesce(time_zone, 'missing')
    when 'budget_micros' then budget_micros
    when 'total_budget_micros' then total_budget_micros
  end                                                       as bad_value,
  raw_fetched_at                                            as fetched_at,
  raw_ref                                                   as raw_ref
from cast_rows
