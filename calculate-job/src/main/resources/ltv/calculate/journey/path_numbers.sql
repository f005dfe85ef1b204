-- one row per path of a scope of thirty users or more, in numbers
select
  cast(s.scope_no as double)          as scope_number,
  cast(w.path_no as double)           as path_number,
  cast(p.users as double)             as users,
  cast(p.conversions as double)       as conversions
from path_count as p
inner join path_scope as s
  on s.target = p.target
  and s.scope = p.scope
  and s.channel = p.channel
  and s.campaign_id = p.campaign_id
  and s.platform = p.platform
inner join path_word as w
  on w.path = p.path
where p.as_of_date = run_date()
order by s.scope_no, w.path_no
