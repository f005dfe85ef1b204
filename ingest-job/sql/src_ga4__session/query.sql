-- one row per row of GA4's report of the day
with cast_rows as (
  select
    *,
    whole(sessions)                                as n_sessions,
    whole(engaged_sessions)                        as n_engaged_sessions,
    whole(total_users)                             as n_total_users,
    whole(new_users)                               as n_new_users,
    try_cast(key_events as decimal(18, 4))         as n_key_events,
    whole(transactions)                            as n_transactions,
    try_cast(purchase_revenue as decimal(18, 4))   as n_purchase_revenue
  from raw
),

judged as (
  select
    *,
    case
      when raw_error is not null then '(row)'
      when cast(try_strptime(day, '%Y%m%d') as date) is distinct from run_date() then 'date'
      when n_sessions is null then 'sessions'
      when engaged_sessions is not null and n_engaged_sessions is null then 'engaged_sessions'
      when total_users is not null and n_total_users is null then 'total_users'
      when new_users is not null and n_new_users is null then 'new_users'
      when key_events is not null and n_key_events is null then 'key_events'
      when transactions is not null and n_transactions is null then 'transactions'
      when purchase_revenue is not null and n_purchase_revenue is null then 'purchase_revenue'
    end as bad_field
  from cast_rows
)

select
  run_date()                                             as report_date,
  raw_account                                            as property_id,
  session_source                                         as session_source,
  session_medium                                         as session_medium,
  session_campaign_id                                    as session_campaign_id,
  session_campaign_name                                  as session_campaign_name,
  country_code                                           as country_code,
  os                                                     as os,
  n_sessions                                             as sessions,
  n_engaged_sessions                                     as engaged_sessions,
  n_total_users                                          as total_users,
  n_new_users                                            as new_users,
  n_key_events                                           as key_events,
  n_transactions                                         as transactions,
  n_purchase_revenue                                     as purchase_revenue,
  currency_code                                          as currency_code,
  coalesce(try_cast(data_loss_from_other as boolean), false)    as has_other,
  coalesce(try_cast(subject_to_thresholding as boolean), false) as is_thresholded,
  coalesce(sampling not in ('', '[]'), false)            as is_sampled,
  raw_fetched_at >= instant(cast(run_date() + 3 as varchar), raw_time_zone) as is_final,
  bad_field                                              as bad_field,
  case bad_field
    when '(row)' then raw_error
    when 'date' then coalesce(day, 'missing')
    when 'sessions' then coalesce(sessions, 'missing')
    when 'engaged_sessions' then engaged_sessions
    when 'total_users' then total_users
    when 'new_users' then new_users
    when 'key_events' then key_events
    when 'transactions' then transactions
    when 'purchase_revenue' then purchase_revenue
  end                                                    as bad_value,
  raw_fetched_at                                         as fetched_at,
  raw_ref                                                as raw_ref
from judged
