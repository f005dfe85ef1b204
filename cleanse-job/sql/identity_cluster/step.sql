-- the least label of a neighbour, and from there the label that its bearer found: each step sees twice as far. And one link further the
-- ids that are one with those that are here, and the users of the day's devices, and the devices of its users: nobody else has a say
with labels as (
  select node, min(label) as label, min(hops) as hops
  from settled
  group by node
),

pulled as (
  select s.node, min(l.label) as label, min(l.hops) as hops
  from settled as s
  inner join labels as l
    on l.node = s.neighbour
  group by s.node
),

jumped as (
  select p.node, least(p.label, further.label) as label, least(p.hops, further.hops) as hops
  from pulled as p
  inner join pulled as further
    on further.node = p.label
),

linked as (
  select k.right_node as node, case when k.alike then l.hops else 1 end as hops
  from links as k
  inner join labels as l
    on l.node = k.left_node
  where k.alike or l.hops = 0
  union all
  select k.left_node, case when k.alike then l.hops else 1 end
  from links as k
  inner join labels as l
    on l.node = k.right_node
  where k.alike or l.hops = 0
),

new_here as (
  select k.node, min(k.hops) as hops
  from linked as k
  left join labels as l
    on l.node = k.node
  where l.node is null
  group by k.node
)

select s.node, s.neighbour, j.label, j.hops
from settled as s
inner join jumped as j
  on j.node = s.node
union all
(
  select node, node, node, hops from new_here
  union
  select n.node, k.right_node, n.node, n.hops
  from new_here as n
  inner join links as k
    on k.left_node = n.node and k.alike
  union
  select n.node, k.left_node, n.node, n.hops
  from new_here as n
  inner join links as k
    on k.right_node = n.node and k.alike
)
