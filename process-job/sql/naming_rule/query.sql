-- one row per naming rule of the site file and part that it reads
with lines as (
  select split_part(param_naming_rules(), chr(10), n.age + 1) as line
  from ages(199) as n
)

select
  split_part(line, chr(9), 1)                       as rule_no,
  nullif(split_part(line, chr(9), 2), '')           as channel,
  split_part(line, chr(9), 3)                       as part,
  split_part(line, chr(9), 4)                       as pattern
from lines
where line <> ''
