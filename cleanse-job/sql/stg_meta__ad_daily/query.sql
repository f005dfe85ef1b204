-- one row per row that Meta sent for the day: kept, or with the reason why it was removed
with readable as (
  select
    *,
    row_number() over (
      partition by account_id, report_date, ad_id
      order by
        coalesce(spend, 0) desc, coalesce(impressions, 0) desc, coalesce(inline_link_clicks, 0) desc,
        coalesce(campaign_id, ''), coalesce(campaign_name, ''), coalesce(adset_id, ''),
        coalesce(adset_name, ''), coalesce(ad_name, ''), raw_ref
    ) as copy_number
  from src_meta__insights
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
  from src_meta__insights
  where report_date = run_date()
    and bad_field is not null
)

select
  report_date                                             as report_date,
  'meta'                                                  as channel,
  account_id                                              as account_id,
  account_name                                            as account_name,
  campaign_id                                             as campaign_id,
  campaign_name                                           as campaign_name,
  adset_id                                                as ad_group_id,
  adset_name                                              as ad_group_name,
  ad_id                                                   as ad_id,
  ad_name                                                 as ad_name,
  cast(coalesce(impressions, 0) as bigint)                as impressions,
  cast(coalesce(inline_link_clicks, 0) as bigint)         as clicks,
  cast(coalesce(spend, 0) as decimal(18, 4))              as spend_local,
  account_currency                                        as currency_local,
  coalesce(is_final, false)                               as is_final,
  removed_reason                                          as removed_reason,
  observed_value                                          as observed_value,
  raw_ref                                                 as raw_ref
from judged
