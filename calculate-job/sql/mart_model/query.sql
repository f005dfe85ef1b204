-- one row per as-of date, subject, model and fitted_until
select
  run_date()              as as_of_date,
  subject                 as subject,
  model                   as model,
  fitted_until            as fitted_until,
  state                   as state,
  pinned                  as pinned,
  parameters              as parameters,
  standard_errors         as standard_errors,
  log_likelihood          as log_likelihood,
  converged               as converged,
  evaluations             as evaluations,
  customers               as customers,
  events                  as events,
  data                    as data,
  trial_days              as trial_days,
  trial_customers         as trial_customers,
  trial_expected          as trial_expected,
  trial_actual            as trial_actual,
  trial_error             as trial_error,
  trial_error_of_all      as trial_error_of_all,
  correction              as correction
from model_fit
