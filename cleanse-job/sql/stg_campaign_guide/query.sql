-- one row per entry of the campaign guides that holds on the day
with listed as (
  select channel, campaign_id, campaign_name, country, os, objective, creative, owner, valid_from, valid_to, bad_field, raw_ref
  from src_google_sheets__campaign_guide
  where snapshot_date = (select max(snapshot_date) from src_google_sheets__campaign_guide)

  union all

  select channel, campaign_id, campaign_name, country, os, objective, creative, owner, valid_from, valid_to, bad_field, raw_ref
  from src_file__campaign_guide
  where snapshot_date = (select max(snapshot_date) from src_file__campaign_guide)
),

ranked as (
  select
    *,
    -- of two entries for one campaign and name the one that began later
    row_number() over (
      partition by channel, campaign_id, name_key(campaign_name)
      order by valid_from desc nulls last, raw_ref desc
    ) as nth
  from listed
  where bad_field is null
    and coalesce(valid_from, run_date()) <= run_date()
    and coalesce(valid_to, run_date()) >= run_date()
)

select
  run_date()                                        as as_of_date,
  channel                                           as channel,
  campaign_id                                       as campaign_id,
  campaign_name                                     as campaign_name,
  name_key(campaign_name)                           as name_key,
  country                                           as country,
  os                                                as os,
  objective                                         as objective,
  creative                                          as creative,
  owner                                             as owner,
  valid_from                                        as valid_from,
  raw_ref                                           as raw_ref
from ranked
where nth = 1
