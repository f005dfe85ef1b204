-- one row per row that Google Ads sent of the day's ads: kept, or with the reason why it was removed
with readable as (
  select
    *,
    row_number() over (
      partition by customer_id, report_date, ad_group_id, ad_id
      order by
        coalesce(cost_micros, 0) desc, coalesce(impressions, 0) desc, coalesce(clicks, 0) desc,
        coalesce(campaign_name, ''), coalesce(campaign_id, ''), coalesce(ad_group_name, ''), coalesce(ad_name, ''), raw_ref
    ) as copy_number
  from src_google_ads__ad
  where report_date = run_date()
    and bad_field is null
),

judged as (
  select
    *,
    case when copy_number > 1 then 'duplicate' end                                 as removed_reason,
    case when copy_number > 1 then 'copy ' || cast(copy_number as string) end as observed_value
  from readable

  union all

  select
    *,
    cast(null as bigint)                            as copy_number,
    'unreadable_value'                              as removed_reason,
    bad_field || '=' || coalesce(bad_value, '')     as observed_value
  from src_google_ads__ad
  where report_date = run_date()
    and bad_field is not null
)

select
  report_date                                             as report_date,
  'google_ads'                                            as channel,
  customer_id                                             as account_id,
  customer_name                                           as account_name,
  campaign_id                                             as campaign_id,
  campaign_name                                           as campaign_name,
  ad_group_id                                             as ad_group_id,
  ad_group_name                                           as ad_group_name,
  ad_id                                                   as ad_id,
  ad_name                                                 as ad_name,
  final_url                                               as landing_url,
  cast(coalesce(impressions, 0) as bigint)                as impressions,
  cast(coalesce(clicks, 0) as bigint)                     as clicks,
  -- millionths, rounded once per row
  cast(coalesce(cost_micros, 0) * 0.000001 as decimal(18, 4)) as spend_local,
  currency_code                                           as currency_local,
  coalesce(is_final, false)                               as is_final,
  removed_reason                                          as removed_reason,
  observed_value                                          as observed_value,
  raw_ref                                                 as raw_ref
from judged
