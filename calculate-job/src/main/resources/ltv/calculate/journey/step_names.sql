-- one row per step, by its number
select step
from step_word_no
order by step_no
