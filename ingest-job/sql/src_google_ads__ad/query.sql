-- one row per row that Google Ads sent of the day's ads
with cast_rows as (
  select
    *,
    whole(impressions)                                      as n_impressions,
    whole(clicks)                                           as n_clicks,
    whole(cost_micros)                                      as n_cost_micros,
    whole(view_through_conversions)                         as n_view_through_conversions,
    try_cast(conversions as decimal(18, 6))                 as n_conversions,
    try_cast(conversions_value as decimal(18, 6))           as n_conversions_value,
    try_cast(all_conversions as decimal(18, 6))             as n_all_conversions,
    try_cast(all_conversions_value as decimal(18, 6))       as n_all_conversions_value,
    -- the first field that is not what Google promises, or not what the site declares
    case
      when customer_id is null then 'customer_id'
      when currency_code is null then 'currency_code'
      when campaign_id is null then 'campaign_id'
      when ad_group_id is null then 'ad_group_id'
      when ad_id is null then 'ad_id'
      when try_cast(report_day as date) is distinct from run_date() then 'report_day'
      when time_zone is distinct from raw_time_zone then 'time_zone'
      when impressions is not null and whole(impressions) is null then 'impressions'
      when clicks is not null and whole(clicks) is null then 'clicks'
      when cost_micros is not null and whole(cost_micros) is null then 'cost_micros'
      when view_through_conversions is not null and whole(view_through_conversions) is null then 'view_through_conversions'
      when conversions is not null and try_cast(conversions as decimal(18, 6)) is null then 'conversions'
      when conversions_value is not null and try_cast(conversions_value as decimal(18, 6)) is null then 'conversions_value'
      when all_conversions is not null and try_cast(all_conversions as decimal(18, 6)) is null then 'all_conversions'
      when all_conversions_value is not null and try_cast(all_conversions_value as decimal(18, 6)) is null then 'all_conversions_value'
    end                                                     as bad_field
  from raw
)

select
  run_date()                                                as report_date,
  coalesce(customer_id, raw_account)                        as customer_id,
  customer_name                                             as customer_name,
  currency_code                                             as currency_code,
  campaign_id                                               as campaign_id,
  campaign_name                                             as campaign_name,
  campaign_status                                           as campaign_status,
  channel_type                                              as channel_type,
  ad_group_id                                               as ad_group_id,
  ad_group_name                                             as ad_group_name,
  ad_id                                                     as ad_id,
  ad_name                                                   as ad_name,
  final_url                                                 as final_url,
  n_impressions                                             as impressions,
  n_clicks                                                  as clicks,
  n_cost_micros                                             as cost_micros,
  n_view_through_conversions                                as view_through_conversions,
  n_conversions                                             as conversions,
  n_conversions_value                                       as conversions_value,
  n_all_conversions                                         as all_conversions,
  n_all_conversions_value                                   as all_conversions_value,
  -- the day is whole when it was read after its midnight in the customer's zone
  raw_fetched_at >= instant(cast(run_date() + 1 as string), raw_time_zone) as is_final,
  bad_field                                                 as bad_field,
  case bad_field
    when 'report_day' then coalesce(report_day, 'missing')
    when 'time_zone' then coalesce(time_zone, 'missing')
    when 'impressions' then impressions
    when 'clicks' then clicks
    when 'cost_micros' then cost_micros
    when 'view_through_conversions' then view_through_conversions
    when 'conversions' then conversions
    when 'conversions_value' then conversions_value
    when 'all_conversions' then all_conversions
    when 'all_conversions_value' then all_conversions_value
    when 'customer_id' then 'missing'
    when 'currency_code' then 'missing'
    when 'campaign_id' then 'missing'
    when 'ad_group_id' then 'missing'
    when 'ad_id' then 'missing'
  end                                                       as bad_value,
  raw_fetched_at                                            as fetched_at,
  raw_ref                                                   as raw_ref
from cast_rows
