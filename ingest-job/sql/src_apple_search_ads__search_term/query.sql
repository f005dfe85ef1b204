-- one row per row that Apple Search Ads sent of the day's search terms
with cast_rows as (
  select
    *,
    whole(impressions)                                      as n_impressions,
    whole(taps)                                             as n_taps,
    whole(tap_installs)                                     as n_tap_installs,
    whole(view_installs)                                    as n_view_installs,
    whole(total_installs)                                   as n_total_installs,
    whole(total_new_downloads)                              as n_total_new_downloads,
    whole(total_redownloads)                                as n_total_redownloads,
    try_cast(spend as decimal(18, 4))                       as n_spend,
    -- the first field that is not what Apple promises, or not what the site declares
    case
      when campaign_id is null then 'campaign_id'
      when ad_group_id is null then 'ad_group_id'
      when org_id <> raw_account then 'org_id'
      when try_cast(report_day as date) is distinct from run_date() then 'report_day'
      when second_day is not null then 'second_day'
      when impressions is not null and whole(impressions) is null then 'impressions'
      when taps is not null and whole(taps) is null then 'taps'
      when tap_installs is not null and whole(tap_installs) is null then 'tap_installs'
      when view_installs is not null and whole(view_installs) is null then 'view_installs'
      when total_installs is not null and whole(total_installs) is null then 'total_installs'
      when total_new_downloads is not null and whole(total_new_downloads) is null then 'total_new_downloads'
      when total_redownloads is not null and whole(total_redownloads) is null then 'total_redownloads'
      when spend is not null and try_cast(spend as decimal(18, 4)) is null then 'spend'
      when currency is null then 'currency'
    end                                                     as bad_field
  from raw
)

select
  run_date()                                                as report_date,
  coalesce(org_id, raw_account)                             as org_id,
  campaign_id                                               as campaign_id,
  ad_group_id                                               as ad_group_id,
  ad_group_name                                             as ad_group_name,
  keyword_id                                                as keyword_id,
  keyword_text                                              as keyword_text,
  search_term                                               as search_term,
  search_term_source                                        as search_term_source,
  match_type                                                as match_type,
  n_impressions                                             as impressions,
  n_taps                                                    as taps,
  n_tap_installs                                            as tap_installs,
  n_view_installs                                           as view_installs,
  n_total_installs                                          as total_installs,
  n_total_new_downloads                                     as total_new_downloads,
  n_total_redownloads                                       as total_redownloads,
  n_spend                                                   as spend,
  currency                                                  as currency,
  -- the day is whole when it was read after its midnight in the organization's zone
  raw_fetched_at >= instant(cast(run_date() + 1 as string), raw_time_zone) as is_final,
  bad_field                                                 as bad_field,
  case bad_field
    when 'org_id' then org_id
    when 'campaign_id' then coalesce(campaign_id, 'missing')
    when 'ad_group_id' then coalesce(ad_group_id, 'missing')
    when 'currency' then coalesce(currency, 'missing')
    when 'report_day' then coalesce(report_day, 'missing')
    when 'second_day' then second_day
    when 'impressions' then impressions
    when 'taps' then taps
    when 'tap_installs' then tap_installs
    when 'view_installs' then view_installs
    when 'total_installs' then total_installs
    when 'total_new_downloads' then total_new_downloads
    when 'total_redownloads' then total_redownloads
    when 'spend' then spend
  end                                                       as bad_value,
  raw_fetched_at                                            as fetched_at,
  raw_ref                                                   as raw_ref
from cast_rows
