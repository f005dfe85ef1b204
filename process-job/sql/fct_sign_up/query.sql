-- one row per person who signed up on the day
with told as (
  select
    *,
    row_number() over (
      partition by person_id
      order by event_at, case source when 'appsflyer' then 1 when 'ga4_export' then 2 else 3 end, event_id
    ) as nth
  from fct_event
  where event_date = run_date()
    and event = 'sign_up'
    and person_id is not null
)

select
  run_date()                                        as sign_up_date,
  person_id                                         as person_id,
  event_at                                          as signed_up_at,
  source                                            as source,
  device_key                                        as device_key,
  platform                                          as platform,
  country                                           as country
from told
where nth = 1
