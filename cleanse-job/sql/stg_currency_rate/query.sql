-- one row per currency of ISO 4217, with what it is worth on the day where a list says so
with codes as (
  select
    'AED AFN ALL AMD ANG AOA ARS AUD AWG AZN BAM BBD '
    || 'BDT BGN BHD BIF BMD BND BOB BRL BSD BTN BWP BYN '
    || 'BZD CAD CDF CHF CLP CNY COP CRC CUP CVE CZK DJF '
    || 'DKK DOP DZD EGP ERN ETB EUR FJD FKP GBP GEL GHS '
    || 'GIP GMD GNF GTQ GYD HKD HNL HTG HUF IDR ILS INR '
    || 'IQD IRR ISK JMD JOD JPY KES KGS KHR KMF KPW KRW '
    || 'KWD KYD KZT LAK LBP LKR LRD LSL LYD MAD MDL MGA '
    || 'MKD MMK MNT MOP MRU MUR MVR MWK MXN MYR MZN NAD '
    || 'NGN NIO NOK NPR NZD OMR PAB PEN PGK PHP PKR PLN '
    || 'PYG QAR RON RSD RUB RWF SAR SBD SCR SDG SEK SGD '
    || 'SHP SLE SOS SRD SSP STN SVC SYP SZL THB TJS TMT '
    || 'TND TOP TRY TTD TWD TZS UAH UGX USD UYU UZS VED '
    || 'VES VND VUV WST XAF XCD XOF XPF YER ZAR ZMW ZWG ' as text
),

currencies as (
  select substring(c.text, 4 * n.age + 1, 3) as currency
  from codes as c
  inner join ages(155) as n
    on true
),

-- the newest list decides, of its rates the last one until the day. After a week without any it is no rate any more
rates as (
  select
    from_currency,
    max(rate_date)                                  as rate_date,
    max_by(rate, rate_date)                         as rate
  from (
    select from_currency, rate_date, max(rate) as rate
    from src_google_sheets__exchange_rates
    where snapshot_date = (select max(snapshot_date) from src_google_sheets__exchange_rates)
      and bad_field is null
      and to_currency = param_reporting_currency()
      and rate_date <= run_date()
      and days_between(rate_date, run_date()) <= 7
    group by from_currency, rate_date
  ) as daily
  group by from_currency
)

select
  run_date()                                        as rate_day,
  c.currency                                        as currency,
  case when c.currency = param_reporting_currency() then cast(1 as decimal(18, 8)) else r.rate end as rate,
  case when c.currency = param_reporting_currency() then run_date() else r.rate_date end as rate_date
from currencies as c
left join rates as r -- a site lists the few that it has
  on r.from_currency = c.currency
