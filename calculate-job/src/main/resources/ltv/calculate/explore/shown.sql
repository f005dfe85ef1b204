-- one row per entry of the dictionary of campaigns: the dearest first, then the others of each channel
with entries as (
  select
    channel,
    case when is_own then campaign_id else other_id() end           as campaign_id,
    max(case when is_own then campaign_name else other_id() end)    as campaign_name,
    count(*)                                                        as campaigns,
    min(case when is_own then rank end)                             as rank
  from ranked_campaign
  group by channel, case when is_own then campaign_id else other_id() end
)

select
  channel,
  campaign_id,
  campaign_name,
  campaigns,
  row_number() over (order by rank nulls last, channel) - 1 as place
from entries
order by place
