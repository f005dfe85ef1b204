-- one row per scope, by its number
select as_of_date, target, scope, channel, campaign_id, platform
from path_scope
order by scope_no
