-- one row per campaign known on the day
with campaigns as (
  select channel, account_id, campaign_id, campaign_name, name_key(campaign_name) as name_key
  from dim_campaign
  where valid_from <= run_date()
    and run_date() < valid_to
),

-- what people say: of several entries the one with the id, then with today's name, then the newest
said as (
  select *
  from (
    select
      c.channel,
      c.campaign_id,
      g.country,
      g.os,
      g.objective,
      g.creative,
      g.owner,
      row_number() over (
        partition by c.channel, c.campaign_id
        order by
          case when g.campaign_id is null then 1 else 0 end,
          case when g.name_key = c.name_key then 0 else 1 end,
          g.valid_from desc nulls last,
          g.name_key
      ) as nth
    from campaigns as c
    inner join stg_campaign_guide as g
      on g.channel = c.channel
      and (g.campaign_id = c.campaign_id or (g.campaign_id is null and g.name_key = c.name_key))
  ) as ranked
  where nth = 1
)

select
  run_date()                                        as report_date,
  c.channel                                         as channel,
  c.account_id                                      as account_id,
  c.campaign_id                                     as campaign_id,
  c.campaign_name                                   as campaign_name,
  coalesce(s.country, p.country)                    as country,
  coalesce(s.os, p.os)                              as os,
  coalesce(s.objective, p.objective)                as objective,
  p.audience                                        as audience,
  p.product                                         as product,
  coalesce(s.creative, p.creative)                  as creative,
  s.owner                                           as owner,
  case when s.campaign_id is not null then 'guide' when p.reading is not null then 'naming' else 'nobody' end as said_by,
  cast(case when s.campaign_id is not null then 1 when p.reading is not null then 0.6 else 0 end as decimal(4, 2)) as confidence
from campaigns as c
left join said as s -- a new campaign is in no guide yet
  on s.channel = c.channel and s.campaign_id = c.campaign_id
left join campaign_name as p -- nor is every name one of the grammar
  on p.report_date = run_date() and p.channel = c.channel and p.campaign_name = c.campaign_name
