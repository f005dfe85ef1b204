-- one row per entry of the lists of test users that holds on the day
with listed as (
  select kind, value_key, pattern, owner, reason, valid_from, valid_to, bad_field, raw_ref
  from src_google_sheets__test_users
  where snapshot_date = (select max(snapshot_date) from src_google_sheets__test_users)

  union all

  select kind, value_key, pattern, owner, reason, valid_from, valid_to, bad_field, raw_ref
  from src_file__test_users
  where snapshot_date = (select max(snapshot_date) from src_file__test_users)
)

select
  run_date()                                        as as_of_date,
  kind                                              as kind,
  value_key                                         as value_key,
  lower(pattern)                                    as pattern,
  min(owner)                                        as owner,
  min(reason)                                       as reason,
  min(raw_ref)                                      as raw_ref
from listed
where bad_field is null
  and coalesce(valid_from, run_date()) <= run_date()
  and coalesce(valid_to, run_date()) >= run_date()
group by kind, value_key, lower(pattern)
