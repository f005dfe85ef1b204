-- one row per distinct path
select row_number() over (order by path) - 1 as path_no, path
from (select distinct path from path_count where as_of_date = run_date()) as paths
