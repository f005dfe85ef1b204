-- one row: what the whole marts hold that the page was made from
select
  (select count(*) from ranked_campaign where not is_own)                                     as folded_campaigns,
  (select count(*) from shown_country where shown = other_id())                               as folded_countries,
  (select count(distinct cohort_week) from mart_roas_cohort where as_of_date = as_of())
    - (select count(*) from shown_week)                                                       as left_weeks
