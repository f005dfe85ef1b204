-- one row per id that links nobody, as known on the day
with degrees as (
  select
    left_kind                                       as node_kind,
    left_key                                        as node_key,
    'too_many_users'                                as reason,
    count(distinct right_key)                       as degree
  from identity_edge
  where left_kind <> 'user' and right_kind = 'user'
  group by left_kind, left_key

  union all

  select 'user', right_key, 'too_many_advertising_ids', count(distinct left_key)
  from identity_edge
  where left_kind = 'advertising' and right_kind = 'user'
  group by right_key

  union all

  -- people say of these that they are test devices: who else used them is no tester
  select k.node_kind, t.value_key, 'listed', cast(0 as bigint)
  from stg_test_user as t
  cross join (select 'device' as node_kind union all select 'advertising' union all select 'vendor') as k
  where t.kind in ('device_id', 'appsflyer_id')
)

select
  run_date()                                        as as_of_date,
  node_kind                                         as node_kind,
  node_key                                          as node_key,
  min(reason)                                       as reason,
  cast(max(degree) as bigint)                       as degree
from degrees
where degree > 5 or reason = 'listed'
group by node_kind, node_key
