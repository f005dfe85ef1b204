-- one row per channel and model: its part of those who ordered first in the last 30 days
select
  channel                                as channel,
  model                                  as model,
  cast(sum(conversions) as double)       as conversions,
  cast(sum(value) as double)             as value,
  cast(sum(spend) as double)             as spend
from mart_attribution
where as_of_date = as_of()
  and target = 'first_order'
  and model in ('first', 'last', 'markov')
group by channel, model
order by channel, model
