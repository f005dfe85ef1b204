-- one row per name that no campaign ever had and name of a campaign that is one slip of the hand away
with campaign_names as (
  select distinct channel, name_key(campaign_name) as name_key
  from dim_campaign
  where name_key(campaign_name) is not null
),

open_names as (
  select distinct t.told_channel as channel, t.name_key
  from campaign_told as t
  left join campaign_names as n
    on n.channel = t.told_channel and n.name_key = t.name_key
  where t.report_date = run_date()
    and t.name_key is not null
    and n.name_key is null
),

names as (
  select channel, name_key, true as is_told from open_names
  union all
  select n.channel, n.name_key, false
  from campaign_names as n
  inner join (select distinct channel from open_names) as o
    on o.channel = n.channel
),

-- of two names that differ by one letter left out, too many, wrong or in the wrong place the same is left when each loses one letter or none
shortened as (
  select
    n.channel,
    n.name_key,
    n.is_told,
    substring(n.name_key, 1, a.age) || substring(n.name_key, a.age + 2) as shorter
  from names as n
  inner join ages(250) as a
    on a.age <= length(n.name_key)
  where length(n.name_key) >= 6
)

select distinct
  run_date()                                        as report_date,
  t.channel                                         as channel,
  t.name_key                                        as told_name_key,
  n.name_key                                        as name_key
from shortened as t
inner join shortened as n
  on n.channel = t.channel
  and n.shorter = t.shorter
  -- another number is another campaign
  and digits_of(n.name_key) = digits_of(t.name_key)
where t.is_told
  and not n.is_told
