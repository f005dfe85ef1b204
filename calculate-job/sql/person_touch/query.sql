-- one row per touch that became known on the day
with sessions as (
  select
    s.person_id,
    s.started_at                                    as touched_at,
    coalesce(m.channel, s.channel)                  as channel,
    coalesce(m.campaign_id, s.told_campaign_id)     as campaign_id,
    s.told_source is not null or s.told_campaign_id is not null or s.told_campaign_name is not null as is_told,
    row_number() over (
      partition by s.person_id, s.told_source is not null or s.told_campaign_id is not null or s.told_campaign_name is not null
      order by s.started_at, s.session_key
    )                                               as nth
  from fct_session as s
  left join campaign_match as m -- what nobody paid for has no campaign
    on m.report_date = run_date()
    and m.source = 'ga4_export'
    and m.told_source = coalesce(s.told_source, '') || ' / ' || coalesce(s.told_medium, '')
    and m.told_key = s.channel || '|' || coalesce(s.told_campaign_id, '') || '|' || coalesce(s.told_campaign_name, '')
  where s.session_date = run_date()
    and s.person_id is not null
),

touches as (
  select
    person_id,
    cast(null as string)                            as user_id,
    'session'                                       as touch_kind,
    touched_at,
    channel,
    case when channel = 'organic' then 'organic' else coalesce(campaign_id, 'unattributed') end as campaign_id,
    is_told
  from sessions
  where is_told
    or nth = 1 -- one visit that nothing led to is as good as many

  union all

  select
    coalesce(t.person_id, t.user_id),
    t.user_id,
    'install',
    -- networks that hide what they did have a touch without a time
    coalesce(t.touched_at, a.acquired_at),
    t.channel,
    t.campaign_id,
    true
  from fct_touch as t
  inner join fct_acquisition as a -- a touch belongs to somebody who came
    on a.user_id = t.user_id
    and a.acquisition_date = t.acquisition_date
  where t.acquisition_date = run_date()
    and a.users > 0
    and t.channel <> 'organic' -- what fraud took the credit of did not bring anybody
)

select
  run_date()                                        as known_date,
  person_id                                         as person_id,
  cast(row_number() over (
    partition by person_id order by touched_at, touch_kind, channel, campaign_id, coalesce(user_id, '')
  ) as bigint)                                      as touch_no,
  user_id                                           as user_id,
  touch_kind                                        as touch_kind,
  touched_at                                        as touched_at,
  channel                                           as channel,
  campaign_id                                       as campaign_id,
  is_told                                           as is_told
from touches
