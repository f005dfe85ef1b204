-- one row per figure of a row of AppsFlyer's cohort report that belongs to the day
with placed as (
  select
    *,
    try_cast(day as date)                                   as row_day,
    -- no row may vanish: one whose day cannot be read counts on the first day of its report
    coalesce(
      try_cast(day as date),
      min(try_cast(day as date)) over (partition by raw_account, raw_file),
      run_date())                                           as line_day,
    case
      when raw_error is not null then '(row)'
      when try_cast(day as date) is null then 'day'
      when text_or_null(media_source) is null then 'media_source'
    end                                                     as bad_row
  from raw
),

of_the_day as (
  select
    *
  from placed
  where line_day = run_date()
),

-- the report has a column for each figure and age, in whatever order
figures as (
  select *, 'users' as header, users as told from of_the_day
  union all
  select *, 'cost', cost from of_the_day where bad_row is null and text_or_null(cost) is not null
  union all
  select *, 'ecpi', ecpi from of_the_day where bad_row is null and text_or_null(ecpi) is not null
  union all
  select * from (
    select d.*, k.header, json_extract_string(d.raw_extra, '$."' || k.header || '"') as told
    from of_the_day as d, unnest(json_keys(d.raw_extra)) as k(header)
    where d.bad_row is null
  )
  where text_or_null(told) is not null
),

judged as (
  select
    *,
    coalesce(bad_row, case when try_cast(told as decimal(18, 4)) is null then header end) as bad_field
  from figures
)

select
  line_day                                                  as report_date,
  raw_account                                               as app_id,
  text_or_null(media_source)                                as media_source,
  text_or_null(campaign)                                    as campaign,
  case when lower(campaign_id) <> 'none' then text_or_null(campaign_id) end as campaign_id,
  regexp_replace(header, '_day_[0-9]+$', '')                as figure,
  try_cast(nullif(regexp_extract(header, '_day_([0-9]+)$', 1), '') as integer) as age_days,
  case when bad_row is null then try_cast(told as decimal(18, 4)) end as value,
  bad_field                                                 as bad_field,
  case
    when bad_field = '(row)' then raw_error
    when bad_field = 'day' then coalesce(day, 'missing')
    when bad_field = 'media_source' then 'missing'
    when bad_field is not null then coalesce(told, 'missing')
  end                                                       as bad_value,
  raw_fetched_at                                            as fetched_at,
  raw_ref                                                   as raw_ref
from judged
