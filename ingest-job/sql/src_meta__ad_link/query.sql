-- one row per ad of the account
with cast_rows as (
  select
    *,
    -- the first field that is not what Meta promises
    case
      when account_id is null then 'account_id'
      when adset_id is null then 'adset_id'
      when ad_id is null then 'ad_id'
    end                                                     as bad_field
  from raw
)

select
  run_date()                                                as report_date,
  coalesce(account_id, raw_account)                         as account_id,
  campaign_id                                               as campaign_id,
  adset_id                                                  as adset_id,
  ad_id                                                     as ad_id,
  link                                                      as link,
  url_tags                                                  as url_tags,
  day_in(raw_fetched_at, raw_time_zone)                     as read_on,
  bad_field                                                 as bad_field,
  case when bad_field is not null then 'missing' end        as bad_value,
  raw_fetched_at                                            as fetched_at,
  raw_ref                                                   as raw_ref
from cast_rows
