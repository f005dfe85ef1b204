-- one row per channel and campaign: its entry in the dictionary of campaigns
select
  r.channel       as channel,
  r.campaign_id   as campaign_id,
  r.is_own        as is_own,
  s.place         as place
from ranked_campaign as r
inner join shown_campaign as s
  on s.channel = r.channel
  and s.campaign_id = case when r.is_own then r.campaign_id else other_id() end
