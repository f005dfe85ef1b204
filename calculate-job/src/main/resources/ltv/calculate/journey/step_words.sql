-- one row per step of a path or a visit
select row_number() over (order by step) - 1 as step_no, step
from (
  select split_part(p.path, ' > ', n.age + 1) as step
  from path_word as p
  cross join ages(4) as n
  union
  select step from step_visit where as_of_date = run_date()
) as steps
where step not in ('', '*') -- no step, and any step
