-- one row per subject: the model in use beside a rule that says one thing of everybody
select subject, trial_error / nullif(trial_error_of_all, 0) as trial_error_ratio
from mart_model
where as_of_date = run_date() and state = 'in_use'
order by subject
