-- every id of the day with itself and those that may be one with it, in both directions. Its label is its own name, its hops the links
-- between a device and a user that lie between it and the ids of the day
with seen as (
  select left_kind || ':' || left_key as node from identity_edge where edge_date = run_date()
  union
  select right_kind || ':' || right_key from identity_edge where edge_date = run_date()
)

select node as node, node as neighbour, node as label, 0 as hops from seen
union
select s.node, k.right_node, s.node, 0
from seen as s
inner join links as k
  on k.left_node = s.node and k.alike
union
select s.node, k.left_node, s.node, 0
from seen as s
inner join links as k
  on k.right_node = s.node and k.alike
