-- one row per source and way in which it named a campaign on the day
with told as (
  select t.*, r.reading
  from campaign_told as t
  left join campaign_name as r -- not every name is one of the grammar
    on r.report_date = run_date()
    and r.channel = t.told_channel
    and r.campaign_name = t.told_campaign_name
  where t.report_date = run_date()
),

versions as (
  select
    channel,
    campaign_id,
    campaign_name,
    name_key(campaign_name)                                 as name_key,
    -- days from the day to the nearest on which it bore the name
    case
      when valid_from > run_date() then days_between(run_date(), valid_from)
      when valid_to <= run_date() then days_between(valid_to, run_date()) + 1
      else 0
    end                                                     as days_away
  from dim_campaign
),

guide as (
  select
    channel,
    campaign_id,
    name_key,
    days_between(coalesce(valid_from, date '1970-01-01'), run_date()) as days_old
  from stg_campaign_guide
  where as_of_date = run_date()
    and campaign_id is not null
    and name_key is not null
),

-- the best comes first: by method, then by days
candidates as (
  select distinct t.source, t.told_source, t.told_key, 1 as method_no, 0 as days, v.channel, v.campaign_id
  from told as t
  inner join versions as v
    on v.channel = t.told_channel and v.campaign_id = t.told_campaign_id

  union all

  -- what people wrote down decides between campaigns of one name, and for a name that none has on the day: a campaign that has it by now,
  -- and is not the one that was written down, is the one that is meant. Of two entries the one that began later. It may also say whose a
  -- network's campaign is that nobody knows
  select t.source, t.told_source, t.told_key, case when v.campaign_id is not null then 2 else 4 end, g.days_old, g.channel, g.campaign_id
  from told as t
  inner join guide as g
    on (g.channel = t.told_channel or t.told_channel = 'unattributed') and g.name_key = t.name_key
  left join versions as v -- the guide may know what the channel does not
    on v.channel = g.channel
    and v.campaign_id = g.campaign_id
    and v.name_key = g.name_key
    and v.days_away = 0

  union all

  select t.source, t.told_source, t.told_key, case when v.days_away = 0 then 3 else 5 end, v.days_away, v.channel, v.campaign_id
  from told as t
  inner join versions as v
    on v.channel = t.told_channel and v.name_key = t.name_key

  union all

  select t.source, t.told_source, t.told_key, 6, v.days_away, v.channel, v.campaign_id
  from told as t
  inner join campaign_slip as s
    on s.report_date = run_date() and s.channel = t.told_channel and s.told_name_key = t.name_key
  inner join versions as v
    on v.channel = s.channel and v.name_key = s.name_key

  union all

  -- the naming rules read the same from both names
  select t.source, t.told_source, t.told_key, 7, 0, v.channel, v.campaign_id
  from told as t
  inner join campaign_name as r
    on r.report_date = run_date() and r.channel = t.told_channel and r.reading = t.reading and r.parts >= 3
  inner join versions as v
    on v.channel = r.channel and v.campaign_name = r.campaign_name and v.days_away = 0
),

nearest as (
  select source, told_source, told_key, min(method_no * 100000 + days) as place
  from candidates
  group by source, told_source, told_key
),

found as (
  select
    c.source,
    c.told_source,
    c.told_key,
    min(c.method_no)                                as method_no,
    count(distinct c.channel || '|' || c.campaign_id) as candidates,
    min(c.channel)                                  as channel,
    min(c.campaign_id)                              as campaign_id
  from candidates as c
  inner join nearest as n
    on n.source = c.source
    and n.told_source = c.told_source
    and n.told_key = c.told_key
    and n.place = c.method_no * 100000 + c.days
  group by c.source, c.told_source, c.told_key
)

select
  run_date()                                        as report_date,
  t.source                                          as source,
  t.told_source                                     as told_source,
  t.told_channel                                    as told_channel,
  t.told_campaign_id                                as told_campaign_id,
  t.told_campaign_name                              as told_campaign_name,
  t.told_key                                        as told_key,
  t.tellings                                        as tellings,
  case when f.candidates = 1 then f.channel else t.told_channel end as channel,
  case when f.candidates = 1 then f.campaign_id end as campaign_id,
  case
    when f.candidates is null then 'none'
    when f.candidates > 1 then 'ambiguous'
    when f.method_no = 1 then 'id'
    when f.method_no in (2, 4) then 'guide'
    when f.method_no = 3 then 'name'
    when f.method_no = 5 then 'name_of_other_days'
    when f.method_no = 6 then 'slip'
    else 'naming'
  end                                               as method,
  cast(
    case
      when coalesce(f.candidates, 2) > 1 then 0
      when f.method_no in (1, 2, 4) then 1
      when f.method_no = 3 then 0.95
      when f.method_no = 5 then 0.9
      when f.method_no = 6 then 0.7
      else 0.6
    end as decimal(4, 2)
  )                                                 as confidence,
  coalesce(f.candidates, 0)                         as candidates
from told as t
left join found as f -- what nothing known answers to stays as it was told
  on f.source = t.source
  and f.told_source = t.told_source
  and f.told_key = t.told_key
