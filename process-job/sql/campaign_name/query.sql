-- one row per channel and name that is known or was told on the day
with names as (
  -- what a campaign is called later says nothing of the day
  select channel, campaign_name from dim_campaign where valid_from <= run_date()
  union
  select told_channel, told_campaign_name from campaign_told where report_date = run_date() and told_campaign_name is not null
),

spoken as (
  select n.channel, n.campaign_name, r.rule_no, r.part, trim(text_part(n.campaign_name, r.pattern)) as value
  from names as n
  inner join naming_rule as r
    on r.channel is null or r.channel = n.channel
),

-- of several rules the first that fits
first_rules as (
  select channel, campaign_name, min(rule_no) as rule_no
  from spoken
  where value <> ''
  group by channel, campaign_name
),

read as (
  select
    s.channel,
    s.campaign_name,
    s.rule_no,
    max(case when s.part = 'country' then upper(s.value) end)     as country,
    -- as users have it, whatever people write
    max(case
      when s.part <> 'os' then null
      when lower(s.value) in ('aos', 'and', 'android', '안드로이드', '안드') then 'android'
      when lower(s.value) in ('ios', 'iphone', 'ipad', '아이폰', '아이오에스') then 'ios'
      else lower(s.value)
    end)                                                          as os,
    max(case when s.part = 'objective' then lower(s.value) end)   as objective,
    max(case when s.part = 'audience' then s.value end)           as audience,
    max(case when s.part = 'product' then s.value end)            as product,
    max(case when s.part = 'creative' then s.value end)           as creative,
    count(*) filter (where s.value <> '')                         as parts
  from spoken as s
  inner join first_rules as f
    on f.channel = s.channel and f.campaign_name = s.campaign_name and f.rule_no = s.rule_no
  group by s.channel, s.campaign_name, s.rule_no
)

select
  run_date()                                        as report_date,
  channel                                           as channel,
  campaign_name                                     as campaign_name,
  rule_no                                           as rule_no,
  country                                           as country,
  os                                                as os,
  objective                                         as objective,
  audience                                          as audience,
  product                                           as product,
  creative                                          as creative,
  parts                                             as parts,
  rule_no || '|' || coalesce(country, '') || '|' || coalesce(os, '') || '|' || coalesce(objective, '') || '|' || coalesce(name_key(audience), '')
    || '|' || coalesce(name_key(product), '') || '|' || coalesce(name_key(creative), '') as reading
from read
