-- one row per ad of which a channel told where it leads: kept, or with the reason why it was removed
with told as (
  select
    'meta' as channel, account_id, campaign_id, adset_id as ad_group_id, ad_id, read_on,
    case
      when url_tags is null then link
      -- Meta puts them behind what the page's address asks for, and before its fragment
      else text_part(link, '^([^#]*)') || case when link like '%?%' then '&' else '?' end || url_tags
    end as landing_url,
    bad_field, bad_value, raw_ref
  from src_meta__ad_link
  where report_date = run_date()

  union all

  -- its rows are judged already. As its names, the links are those of the reading, taken for the day's
  select 'google_ads', account_id, campaign_id, ad_group_id, ad_id, report_date, landing_url, null, null, raw_ref
  from stg_google_ads__ad_daily
  where report_date = run_date() and removed_reason is null and landing_url is not null
),

numbered as (
  select
    *,
    row_number() over (
      partition by channel, account_id, ad_group_id, ad_id, bad_field is null
      order by raw_ref
    ) as copy_number
  from told
)

select
  run_date()                                        as report_date,
  channel                                           as channel,
  account_id                                        as account_id,
  campaign_id                                       as campaign_id,
  ad_group_id                                       as ad_group_id,
  ad_id                                             as ad_id,
  -- read on the day after, as each morning's run does, it tells how the day ended, later only what is so then
  case when days_between(run_date(), read_on) <= 1 then run_date() else read_on end as valid_on,
  landing_url                                       as landing_url,
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
