-- one row per day and currency
select
  rate_day                                          as date_day,
  currency                                          as currency,
  param_reporting_currency()                        as reporting_currency,
  rate                                              as rate,
  rate_date                                         as rate_date
from stg_currency_rate
where rate_day = run_date()
