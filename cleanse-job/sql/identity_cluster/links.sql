-- every two ids that rows show together, and whether they may be one: devices are one device, users are one user, a device and a user are never the same
select distinct
  e.left_kind || ':' || e.left_key                  as left_node,
  e.right_kind || ':' || e.right_key                as right_node,
  (e.left_kind = 'user') = (e.right_kind = 'user')  as alike
from identity_edge as e
left join identity_blocked as l
  on l.node_kind = e.left_kind and l.node_key = e.left_key
left join identity_blocked as r
  on r.node_kind = e.right_kind and r.node_key = e.right_key
where e.rule <> 'alone'
  and l.node_key is null
  and r.node_key is null
