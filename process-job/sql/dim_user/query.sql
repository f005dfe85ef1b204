-- one row per user
with users as (
  select *
  from fct_acquisition
  where users > 0
),

sign_up_ids as (
  select person_id as any_id, sign_up_date from fct_sign_up
  union all
  select device_key, sign_up_date from fct_sign_up where device_key <> person_id
),

sign_ups as (
  select any_id, min(sign_up_date) as sign_up_date
  from sign_up_ids
  group by any_id
),

orders as (
  select acquired_user_id, min(order_date) as first_order_date
  from fct_order
  where kind in ('purchase', 'subscription', 'reservation')
  group by acquired_user_id
)

select
  u.user_id                                         as user_id,
  u.person_id                                       as person_id,
  u.acquisition_date                                as first_seen_date,
  u.acquisition_kind                                as first_seen_by,
  u.channel                                         as first_touch_channel,
  u.campaign_id                                     as first_touch_campaign_id,
  case when u.acquisition_kind = 'install' then u.acquisition_date end as install_date,
  least(coalesce(p.sign_up_date, d.sign_up_date), coalesce(d.sign_up_date, p.sign_up_date)) as sign_up_date,
  o.first_order_date                                as first_order_date,
  u.platform                                        as platform,
  u.country                                         as country
from users as u
left join sign_ups as p -- not everybody signs up
  on p.any_id = u.person_id
left join sign_ups as d
  on d.any_id = u.user_id
left join orders as o -- nor buys
  on o.acquired_user_id = u.user_id
