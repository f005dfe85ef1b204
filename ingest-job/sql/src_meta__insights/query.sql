-- one row per row that Meta sent for the day
with cast_rows as (
  select
    *,
    whole(impressions)                                      as n_impressions,
    whole(clicks)                                           as n_clicks,
    whole(inline_link_clicks)                               as n_inline_link_clicks,
    whole(reach)                                            as n_reach,
    try_cast(spend as decimal(18, 4))                       as n_spend,
    -- the first field that is not what Meta promises
    case
      when account_id is null then 'account_id'
      when campaign_id is null then 'campaign_id'
      when ad_id is null then 'ad_id'
      when account_currency is null then 'account_currency'
      when try_cast(date_start as date) is distinct from run_date() then 'date_start'
      when impressions is not null and whole(impressions) is null then 'impressions'
      when clicks is not null and whole(clicks) is null then 'clicks'
      when inline_link_clicks is not null and whole(inline_link_clicks) is null then 'inline_link_clicks'
      when reach is not null and whole(reach) is null then 'reach'
      when spend is not null and try_cast(spend as decimal(18, 4)) is null then 'spend'
    end                                                     as bad_field
  from raw
)

select
  run_date()                                                as report_date,
  coalesce(account_id, raw_account)                         as account_id,
  account_name                                              as account_name,
  account_currency                                          as account_currency,
  campaign_id                                               as campaign_id,
  campaign_name                                             as campaign_name,
  adset_id                                                  as adset_id,
  adset_name                                                as adset_name,
  ad_id                                                     as ad_id,
  ad_name                                                   as ad_name,
  n_impressions                                             as impressions,
  n_clicks                                                  as clicks,
  n_inline_link_clicks                                      as inline_link_clicks,
  n_reach                                                   as reach,
  n_spend                                                   as spend,
  -- the day is whole when it was read after its midnight in the account's zone
  raw_fetched_at >= instant(cast(run_date() + 1 as string), raw_time_zone) as is_final,
  bad_field                                                 as bad_field,
  case bad_field
    when 'date_start' then coalesce(date_start, 'missing')
    when 'impressions' then impressions
    when 'clicks' then clicks
    when 'inline_link_clicks' then inline_link_clicks
    when 'reach' then reach
    when 'spend' then spend
    when 'account_id' then 'missing'
    when 'campaign_id' then 'missing'
    when 'ad_id' then 'missing'
    when 'account_currency' then 'missing'
  end                                                       as bad_value,
  raw_fetched_at                                            as fetched_at,
  raw_ref                                                   as raw_ref
from cast_rows
