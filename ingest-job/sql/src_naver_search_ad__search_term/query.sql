-- one row per row of Naver's EXPKEYWORD report of the day
with named as (
  select
    *,
    -- documented as ISO, seen without hyphens
    coalesce(cast(try_strptime(report_day, '%Y%m%d') as date), try_cast(report_day as date)) as day,
    nullif(search_keyword, '-')                               as term
  from raw
),

judged as (
  select
    *,
    -- the first field that is not what Naver promises
    case
      when raw_error is not null then '(row)'
      when customer_id is null or customer_id <> raw_account then 'customer_id'
      when day is distinct from run_date() then 'report_day'
      when coalesce(campaign_id, '-') = '-' then 'campaign_id'
      when coalesce(ad_group_id, '-') = '-' then 'ad_group_id'
      when whole(impressions) is null then 'impressions'
      when whole(clicks) is null then 'clicks'
      when try_cast(cost as decimal(18, 4)) is null then 'cost'
      when views is not null and whole(views) is null then 'views'
    end                                                       as bad_field
  from named
)

select
  run_date()                                                as report_date,
  coalesce(customer_id, raw_account)                        as customer_id,
  campaign_id                                               as campaign_id,
  ad_group_id                                               as ad_group_id,
  term                                                      as search_term,
  media_code                                                as media_code,
  device                                                    as device,
  case keyword_type
    when '0' then 'exact'
    when '5' then 'exact'
    when '1' then 'extended'
    when '2' then 'close_variant'
    else keyword_type
  end                                                       as match_type,
  whole(impressions)                                        as impressions,
  whole(clicks)                                             as clicks,
  try_cast(cost as decimal(18, 4))                          as cost,
  whole(views)                                              as views,
  -- the day is whole when it was read after its midnight in Korea
  raw_fetched_at >= instant(cast(run_date() + 1 as string), raw_time_zone) as is_final,
  bad_field                                                 as bad_field,
  case bad_field
    when '(row)' then raw_error
    when 'customer_id' then coalesce(customer_id, 'missing')
    when 'report_day' then coalesce(report_day, 'missing')
    when 'campaign_id' then coalesce(campaign_id, 'missing')
    when 'ad_group_id' then coalesce(ad_group_id, 'missing')
    when 'impressions' then coalesce(impressions, 'missing')
    when 'clicks' then coalesce(clicks, 'missing')
    when 'cost' then coalesce(cost, 'missing')
    when 'views' then views
  end                                                       as bad_value,
  raw_fetched_at                                            as fetched_at,
  raw_ref                                                   as raw_ref
from judged
