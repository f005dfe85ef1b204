-- one row per platform
select
  platform                                    as platform,
  row_number() over (order by platform) - 1   as place
from mart_ltv_campaign
where as_of_date = as_of()
  and level = 'segment'
group by platform
order by platform
