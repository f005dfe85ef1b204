-- one row per source and event name that nobody has explained
with seen as (
  select
    source,
    event_name,
    max_by(status, as_of_date)                              as status,
    max_by(coalesce(guess, ''), as_of_date)                 as guess,
    sum(events)                                             as events,
    max(persons)                                            as persons,
    sum(events_with_money)                                  as events_with_money,
    min(as_of_date)                                         as first_seen,
    max(as_of_date)                                         as last_seen
  from dim_event
  where as_of_date <= run_date()
  group by source, event_name
)

select
  run_date()                                                as as_of_date,
  source                                                    as source,
  event_name                                                as event_name,
  nullif(guess, '')                                         as guess,
  cast(events as bigint)                                    as events,
  persons                                                   as persons,
  cast(events_with_money as bigint)                         as events_with_money,
  first_seen                                                as first_seen,
  last_seen                                                 as last_seen,
  source || ',"' || replace(event_name, '"', '""') || '",' || guess as guide_line
from seen
where status = 'new'
