-- the least label of a neighbour, and from there the label that its bearer found: each step sees twice as far
with labels as (
  select node, min(label) as label
  from settled
  group by node
),

pulled as (
  select s.node, min(l.label) as label
  from settled as s
  inner join labels as l
    on l.node = s.neighbour
  group by s.node
),

jumped as (
  select p.node, least(p.label, further.label) as label
  from pulled as p
  inner join pulled as further
    on further.node = p.label
)

select s.node, s.neighbour, j.label
from settled as s
inner join jumped as j
  on j.node = s.node
