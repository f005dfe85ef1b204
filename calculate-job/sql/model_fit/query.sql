-- one row per as-of date, subject, model and fitted_until
select
  as_of_date,
  subject,
  model,
  fitted_until,
  state,
  pinned,
  parameters,
  standard_errors,
  log_likelihood,
  converged,
  evaluations,
  customers,
  events,
  data,
  trial_days,
  trial_customers,
  trial_expected,
  trial_actual,
  trial_error,
  trial_error_of_all,
  correction
from computed
