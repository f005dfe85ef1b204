-- one row per person and day with a session
select
  run_date()                                            as visit_date,
  person_id                                             as person_id,
  count(*)                                              as sessions,
  cast(sum(events) as bigint)                           as events,
  cast(sum(purchases) as bigint)                        as purchases,
  cast(sum(sign_ups) as bigint)                         as sign_ups,
  min(started_at)                                       as started_at,
  -- two that begin at once are told apart by their key
  min_by(channel, cast(started_at as string) || session_key)    as channel,
  min_by(platform, cast(started_at as string) || session_key)   as platform,
  min_by(country, cast(started_at as string) || session_key)    as country
from fct_session
where session_date = run_date()
  and person_id is not null
group by person_id
