-- one row per row of Naver's AD_CONVERSION report of the day
with named as (
  select
    *,
    coalesce(cast(try_strptime(report_day, '%Y%m%d') as date), try_cast(report_day as date)) as day,
    nullif(keyword_id, '-')                                   as keyword,
    nullif(ad_id, '-')                                        as ad,
    nullif(business_channel_id, '-')                          as business_channel
  from raw
),

judged as (
  select
    *,
    case
      when raw_error is not null then '(row)'
      when customer_id is null or customer_id <> raw_account then 'customer_id'
      when day is distinct from run_date() then 'report_day'
      when coalesce(campaign_id, '-') = '-' then 'campaign_id'
      when conversion_type is null then 'conversion_type'
      when whole(conversions) is null then 'conversions'
      when try_cast(sales as decimal(18, 4)) is null then 'sales'
    end                                                       as bad_field
  from named
)

select
  run_date()                                                as report_date,
  coalesce(customer_id, raw_account)                        as customer_id,
  campaign_id                                               as campaign_id,
  ad_group_id                                               as ad_group_id,
  keyword                                                   as keyword_id,
  ad                                                        as ad_id,
  business_channel                                          as business_channel_id,
  media_code                                                as media_code,
  device                                                    as device,
  case method when '1' then 'direct' when '2' then 'indirect' else method end as method,
  conversion_type                                           as conversion_type,
  case conversion_type
    when '1' then 'purchase'
    when '2' then 'sign_up'
    when '3' then 'add_to_cart'
    when '4' then 'lead'
    -- what was other has been custom001 since the types are words
    when '5' then 'custom001'
    else conversion_type
  end                                                       as conversion,
  whole(conversions)                                        as conversions,
  try_cast(sales as decimal(18, 4))                         as sales,
  raw_fetched_at >= instant(cast(run_date() + 1 as string), raw_time_zone) as is_final,
  bad_field                                                 as bad_field,
  case bad_field
    when '(row)' then raw_error
    when 'customer_id' then coalesce(customer_id, 'missing')
    when 'report_day' then coalesce(report_day, 'missing')
    when 'campaign_id' then coalesce(campaign_id, 'missing')
    when 'conversion_type' then 'missing'
    when 'conversions' then coalesce(conversions, 'missing')
    when 'sales' then coalesce(sales, 'missing')
  end                                                       as bad_value,
  raw_fetched_at                                            as fetched_at,
  raw_ref                                                   as raw_ref
from judged
