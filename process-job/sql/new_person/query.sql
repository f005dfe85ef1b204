-- one row per person who came on the day without an install
with orders as (
  select order_date, user_id, coalesce(person_id, user_id) as person_id
  from stg_order
  where order_date <= run_date()
    and removed_reason is null
    and kind in ('purchase', 'subscription', 'reservation')
),

sign_ups as (
  select sign_up_date, person_id, device_key, signed_up_at, platform, country
  from fct_sign_up
  where sign_up_date <= run_date()
),

installs as (
  select user_id, person_id
  from stg_install
  where install_date <= run_date() and removed_reason is null
),

-- by whatever id somebody came before
known as (
  select user_id as any_id from installs
  union
  select person_id from installs where person_id is not null
  union
  select user_id from orders where order_date < run_date()
  union
  select person_id from orders where order_date < run_date()
  union
  select person_id from sign_ups where sign_up_date < run_date()
),

today as (
  select person_id, user_id as any_id from orders where order_date = run_date()
  union
  select person_id, device_key from sign_ups where sign_up_date = run_date()
),

their_ids as (
  select person_id, any_id from today
  union all
  select person_id, person_id from today
  union all
  select t.person_id, c.node_key
  from today as t
  inner join identity_cluster as c
    on c.cluster_id = t.person_id and c.node_kind = 'device'
),

new_persons as (
  select t.person_id
  from their_ids as t
  left join known as k -- nobody who came on the day for the first time is known
    on k.any_id = t.any_id
  group by t.person_id
  having count(k.any_id) = 0
),

sessions as (
  select *, device_key as any_id from fct_session
  union all
  select *, person_id from fct_session where person_id <> device_key or device_key is null
),

-- the last paid visit of a week brought them
visits as (
  select
    t.person_id,
    s.session_date,
    s.channel,
    s.told_campaign_id,
    s.told_campaign_name,
    coalesce(s.told_source, '') || ' / ' || coalesce(s.told_medium, '') as told_source,
    s.channel || '|' || coalesce(s.told_campaign_id, '') || '|' || coalesce(s.told_campaign_name, '') as told_key,
    row_number() over (
      partition by t.person_id
      order by case when s.channel = 'organic' then 1 else 0 end, s.started_at desc, s.session_key
    ) as nth
  from their_ids as t
  inner join sessions as s
    on s.any_id = t.any_id
)

select
  run_date()                                        as report_date,
  n.person_id                                       as person_id,
  case when s.person_id is null then 'first_order' else 'sign_up' end as acquisition_kind,
  s.signed_up_at                                    as acquired_at,
  coalesce(v.channel, 'unattributed')               as channel,
  v.session_date                                    as session_date,
  v.told_source                                     as told_source,
  v.told_key                                        as told_key,
  v.told_campaign_id                                as told_campaign_id,
  v.told_campaign_name                              as told_campaign_name,
  s.country                                         as country,
  s.platform                                        as platform
from new_persons as n
left join sign_ups as s -- guests order without signing up
  on s.person_id = n.person_id and s.sign_up_date = run_date()
left join visits as v -- nothing is known of how most came
  on v.person_id = n.person_id and v.nth = 1
