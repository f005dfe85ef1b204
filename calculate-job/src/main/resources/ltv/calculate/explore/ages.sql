-- one row per age to which values are told
select
  horizon_days                                    as age,
  row_number() over (order by horizon_days) - 1   as place
from mart_roas_cohort
where as_of_date = as_of()
group by horizon_days
order by horizon_days
