-- one row per row of Adison's reports that belongs to the day
with read as (
  select
    *,
    written_date(report_date)                                                   as row_day,
    -- a file or tab that is named by a month holds that month
    nullif(regexp_extract(raw_file, '20[0-9]{2}-[0-1][0-9]'), '')               as file_month,
    regexp_matches(
      lower(concat_ws(' ', report_date, campaign_id, campaign_name)),
      '(^| )(합계|총계|소계|total|sum)( |$)')                                      as is_total,
    upper(text_or_null(ad_type))                                                as type_text,
    lower(text_or_null(platform))                                               as platform_text
  from raw
),

placed as (
  select
    *,
    -- no row may vanish: one whose day cannot be read counts on the first day of its report
    coalesce(row_day, min(row_day) over (partition by raw_account, raw_file), run_date()) as line_day,
    case
      when raw_error is not null then '(row)'
      when is_total then '(total)'
      when row_day is null or strftime(row_day, '%Y-%m') <> file_month then 'report_date'
      when text_or_null(campaign_id) is null then 'campaign_id'
      when written_number(impressions) is not null and whole(written_number(impressions)) is null then 'impressions'
      when written_number(clicks) is not null and whole(written_number(clicks)) is null then 'clicks'
      when written_number(completions) is not null and whole(written_number(completions)) is null then 'completions'
      when written_number(cost_krw) is not null and try_cast(written_number(cost_krw) as decimal(18, 4)) is null then 'cost'
      when text_or_null(vat_included) is not null and written_flag(vat_included) is null then 'vat_included'
    end as unreadable
  from read
),

judged as (
  select
    *,
    coalesce(unreadable, case when row_number() over twins > 1 then '(repeated)' end) as bad_field,
    first_value(raw_line) over twins                                             as first_line
  from placed
  window twins as (
    partition by raw_account, row_day, trim(campaign_id), platform_text, type_text, unreadable is null
    order by raw_file, raw_line)
)

select
  line_day                                                  as report_date,
  raw_account                                               as account_id,
  text_or_null(campaign_id)                                 as campaign_id,
  text_or_null(campaign_name)                               as campaign_name,
  platform_text                                             as platform,
  type_text                                                 as ad_type,
  whole(written_number(impressions))                        as impressions,
  whole(written_number(clicks))                             as clicks,
  whole(written_number(completions))                        as completions,
  try_cast(written_number(cost_krw) as decimal(18, 4))      as cost,
  coalesce(written_flag(vat_included), false)               as vat_included,
  text_or_null(note)                                        as note,
  raw_extra                                                 as extra,
  raw_file                                                  as source_file,
  raw_line                                                  as source_line,
  raw_fetched_at >= instant(cast(line_day + 1 as string), raw_time_zone) as is_final,
  bad_field                                                 as bad_field,
  case bad_field
    when '(row)' then raw_error
    when '(total)' then concat_ws(' ', report_date, campaign_id, campaign_name)
    when '(repeated)' then 'as line ' || first_line
    when 'report_date' then coalesce(report_date, 'missing')
    when 'campaign_id' then 'missing'
    when 'impressions' then impressions
    when 'clicks' then clicks
    when 'completions' then completions
    when 'cost' then cost_krw
    when 'vat_included' then vat_included
  end                                                       as bad_value,
  raw_fetched_at                                            as fetched_at,
  raw_ref                                                   as raw_ref
from judged
where line_day = run_date()
