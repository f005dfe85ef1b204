-- one row per channel, the dearest first
select
  channel                                                                   as channel,
  row_number() over (order by sum(cost) desc, sum(users) desc, channel) - 1 as place
from ranked_campaign
group by channel
order by place
