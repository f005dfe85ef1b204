-- one row per scope of thirty users or more, step (-1 for any) and stratum of visits that are compared, in numbers
select
  cast(s.scope_no as double)                      as scope_number,
  cast(coalesce(w.step_no, -1) as double)         as step_number,
  cast(10 * v.nth_visit + v.steps as double)      as stratum,
  cast(v.visits as double)                        as visits,
  cast(v.conversions as double)                   as conversions
from step_visit as v
inner join path_scope as s
  on s.target = v.target
  and s.scope = v.scope
  and s.channel = v.channel
  and s.campaign_id = v.campaign_id
  and s.platform = v.platform
left join step_word_no as w -- any step has none
  on w.step = v.step
where v.as_of_date = run_date()
order by s.scope_no, coalesce(w.step_no, -1)
