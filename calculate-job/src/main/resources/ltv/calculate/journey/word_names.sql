-- one row per distinct path, by its number
select path
from path_word
order by path_no
