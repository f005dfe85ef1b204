-- one row per entry of the event guides that holds on the day
with listed as (
  select source, event_name, event, owner, valid_from, valid_to, bad_field, raw_ref
  from src_google_sheets__event_guide
  where snapshot_date = (select max(snapshot_date) from src_google_sheets__event_guide)

  union all

  select source, event_name, event, owner, valid_from, valid_to, bad_field, raw_ref
  from src_file__event_guide
  where snapshot_date = (select max(snapshot_date) from src_file__event_guide)
),

ranked as (
  select
    *,
    -- of two entries for one name the one that began later
    row_number() over (
      partition by source, event_name
      order by valid_from desc nulls last, raw_ref desc
    ) as nth
  from listed
  where bad_field is null
    and coalesce(valid_from, run_date()) <= run_date()
    and coalesce(valid_to, run_date()) >= run_date()
)

select
  run_date()                                        as as_of_date,
  source                                            as source,
  event_name                                        as event_name,
  event                                             as event,
  owner                                             as owner,
  raw_ref                                           as raw_ref
from ranked
where nth = 1
