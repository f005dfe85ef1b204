-- one row per day, site, week, type and language of a report that somebody read
select
  report_date                                                       as report_date,
  site_key                                                          as site_key,
  week                                                              as week,
  report_type                                                       as report_type,
  language                                                          as language,
  count(*) filter (where kind = 'open')                             as opens,
  count(distinct case when kind = 'open'
    then coalesce(requester_key, '') || ' ' || coalesce(address_key, '') || ' ' || user_agent end) as readers,
  count(*) filter (where kind = 'workbook')                         as workbook_downloads,
  count(*) filter (where kind = 'table')                            as table_downloads
from stg_file__report_access
where report_date = run_date()
  and removed_reason is null
group by report_date, site_key, week, report_type, language
