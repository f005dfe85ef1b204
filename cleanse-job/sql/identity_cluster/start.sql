-- every id that is linked to another with its neighbour, in both directions, and itself. Its label is its own name
with linked as (
  select distinct
    e.left_kind || ':' || e.left_key                as left_node,
    e.right_kind || ':' || e.right_key              as right_node
  from identity_edge as e
  left join identity_blocked as l
    on l.node_kind = e.left_kind and l.node_key = e.left_key
  left join identity_blocked as r
    on r.node_kind = e.right_kind and r.node_key = e.right_key
  where e.rule <> 'alone'
    and l.node_key is null
    and r.node_key is null
    -- devices are one device, users are one user, a device and a user are never the same
    and (e.left_kind = 'user') = (e.right_kind = 'user')
)

select left_node as node, right_node as neighbour, left_node as label from linked
union
select right_node, left_node, right_node from linked
union
select left_node, left_node, left_node from linked
union
select right_node, right_node, right_node from linked
