-- one row per row of AppsFlyer's aggregate report that belongs to the day
with judged as (
  select
    *,
    try_cast(day as date)                                   as row_day,
    case
      when raw_error is not null then '(row)'
      when try_cast(day as date) is null then 'day'
      when text_or_null(media_source) is null then 'media_source'
      when whole(installs) is null then 'installs'
      when text_or_null(impressions) is not null and whole(impressions) is null then 'impressions'
      when text_or_null(clicks) is not null and whole(clicks) is null then 'clicks'
      when text_or_null(sessions) is not null and whole(sessions) is null then 'sessions'
      when text_or_null(loyal_users) is not null and whole(loyal_users) is null then 'loyal_users'
      when text_or_null(revenue) is not null and try_cast(revenue as decimal(18, 4)) is null then 'revenue'
      when text_or_null(cost) is not null and try_cast(cost as decimal(18, 4)) is null then 'cost'
    end                                                     as bad_field
  from raw
),

placed as (
  select
    *,
    -- no row may vanish: one whose day cannot be read counts on the first day of its report
    coalesce(row_day, min(row_day) over (partition by raw_account, raw_file), run_date()) as line_day
  from judged
)

select
  line_day                                                  as report_date,
  raw_account                                               as app_id,
  text_or_null(agency)                                      as agency,
  text_or_null(media_source)                                as media_source,
  text_or_null(campaign)                                    as campaign,
  whole(impressions)                                        as impressions,
  whole(clicks)                                             as clicks,
  whole(installs)                                           as installs,
  whole(sessions)                                           as sessions,
  whole(loyal_users)                                        as loyal_users,
  try_cast(revenue as decimal(18, 4))                       as revenue,
  try_cast(cost as decimal(18, 4))                          as cost,
  raw_extra                                                 as events,
  raw_fetched_at >= instant(cast(line_day + 1 as string), raw_time_zone) as is_final,
  bad_field                                                 as bad_field,
  case bad_field
    when '(row)' then raw_error
    when 'day' then coalesce(day, 'missing')
    when 'media_source' then 'missing'
    when 'installs' then coalesce(installs, 'missing')
    when 'impressions' then impressions
    when 'clicks' then clicks
    when 'sessions' then sessions
    when 'loyal_users' then loyal_users
    when 'revenue' then revenue
    when 'cost' then cost
  end                                                       as bad_value,
  raw_fetched_at                                            as fetched_at,
  raw_ref                                                   as raw_ref
from placed
where line_day = run_date()
