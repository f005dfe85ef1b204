-- one row: the day
with holidays as (
  -- public holidays of the Republic of Korea with their substitutes, and elections whose day is known by law. Others are added here when they are proclaimed
  select 2018 as year, '0101 0215 0216 0217 0301 0505 0507 0522 0606 0613 0815 0923 0924 0925 0926 1003 1009 1225' as days
  union all
  select 2019, '0101 0204 0205 0206 0301 0505 0506 0512 0606 0815 0912 0913 0914 1003 1009 1225'
  union all
  select 2020, '0101 0124 0125 0126 0127 0301 0415 0430 0505 0606 0815 0817 0930 1001 1002 1003 1009 1225'
  union all
  select 2021, '0101 0211 0212 0213 0301 0505 0519 0606 0815 0816 0920 0921 0922 1003 1004 1009 1011 1225'
  union all
  select 2022, '0101 0131 0201 0202 0301 0309 0505 0508 0601 0606 0815 0909 0910 0911 0912 1003 1009 1010 1225'
  union all
  select 2023, '0101 0121 0122 0123 0124 0301 0505 0527 0529 0606 0815 0928 0929 0930 1002 1003 1009 1225'
  union all
  select 2024, '0101 0209 0210 0211 0212 0301 0410 0505 0506 0515 0606 0815 0916 0917 0918 1001 1003 1009 1225'
  union all
  select 2025, '0101 0127 0128 0129 0130 0301 0303 0505 0506 0603 0606 0815 1003 1005 1006 1007 1008 1009 1225'
  union all
  select 2026, '0101 0216 0217 0218 0301 0302 0501 0505 0524 0525 0603 0606 0717 0815 0817 0924 0925 0926 1003 1005 1009 1225'
  union all
  select 2027, '0101 0206 0207 0208 0209 0301 0501 0503 0505 0513 0606 0717 0719 0815 0816 0914 0915 0916 1003 1004 1009 1011 1225 1227'
  union all
  select 2028, '0101 0126 0127 0128 0301 0412 0501 0502 0505 0606 0717 0815 1002 1003 1004 1005 1009 1225'
  union all
  select 2029, '0101 0212 0213 0214 0301 0501 0505 0507 0520 0521 0606 0717 0815 0921 0922 0923 0924 1003 1009 1225'
  union all
  select 2030, '0101 0202 0203 0204 0205 0301 0327 0501 0505 0506 0509 0606 0612 0717 0815 0911 0912 0913 1003 1009 1225'
  union all
  select 2031, '0101 0122 0123 0124 0301 0303 0501 0505 0528 0606 0717 0815 0930 1001 1002 1003 1009 1225'
  union all
  select 2032, '0101 0210 0211 0212 0301 0414 0501 0503 0505 0516 0517 0606 0717 0719 0815 0816 0918 0919 0920 0921 1003 1004 1009 1011 1225 1227'
  union all
  select 2033, '0101 0130 0131 0201 0202 0301 0501 0502 0505 0506 0606 0717 0718 0815 0907 0908 0909 1003 1009 1010 1225 1226'
  union all
  select 2034, '0101 0218 0219 0220 0221 0301 0501 0505 0525 0531 0606 0717 0815 0926 0927 0928 1003 1009 1225'
  union all
  select 2035, '0101 0207 0208 0209 0301 0328 0501 0505 0507 0515 0606 0717 0815 0915 0916 0917 0918 1003 1009 1225'
),

day as (
  select
    run_date()                                                  as date_day,
    week_start(run_date())                                      as week_start,
    -- an ISO week belongs to the year of its Thursday
    cast(extract(year from add_days(week_start(run_date()), 3)) as bigint) as iso_year,
    cast(extract(year from run_date()) as bigint)               as year,
    cast(extract(month from run_date()) as bigint)              as month,
    cast(extract(day from run_date()) as bigint)                as day_of_month
),

marked as (
  select
    d.*,
    days_between(d.week_start, d.date_day) + 1                  as weekday,
    case
      when h.days is not null then
        h.days like '%' || substring(cast(d.date_day as string), 6, 2) || substring(cast(d.date_day as string), 9, 2) || '%'
    end                                                         as is_holiday_kr
  from day as d
  left join holidays as h -- of other years nothing is known
    on h.year = d.year
)

select
  date_day                                                      as date_day,
  year                                                          as year,
  cast(floor((month + 2) / 3.0) as bigint)                      as quarter,
  month                                                         as month,
  day_of_month                                                  as day_of_month,
  iso_year                                                      as iso_year,
  cast(floor(days_between(cast(cast(iso_year as string) || '-01-01' as date), add_days(week_start, 3)) / 7.0) + 1 as bigint) as iso_week,
  week_start                                                    as week_start,
  cast(substring(cast(date_day as string), 1, 8) || '01' as date) as month_start,
  cast(weekday as bigint)                                       as weekday,
  weekday >= 6                                                  as is_weekend,
  is_holiday_kr                                                 as is_holiday_kr,
  weekday < 6 and not is_holiday_kr                             as is_working_day_kr
from marked
