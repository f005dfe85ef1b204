-- users who came from from_day() to to_day(), the newest 200,000 of them: features of their first days, and what they paid after these until day 90
select
  purchase_days,
  log_revenue,
  log_ad_revenue,
  log_sessions,
  ios,
  paid
from (
  select
    u.acquisition_date,
    u.user_id,
    cast(u.purchase_days as double)                                       as purchase_days,
    round(ln(1 + greatest(cast(u.revenue as double), 0)), 6)              as log_revenue,
    round(ln(1 + greatest(cast(u.ad_revenue as double), 0)), 6)           as log_ad_revenue,
    round(ln(1 + cast(u.sessions as double)), 6)                          as log_sessions,
    case when u.platform = 'ios' then 1.0e0 else 0.0e0 end                as ios,
    coalesce(cast(p.paid as double), 0.0e0)                               as paid
  from user_first_days as u
  left join (
    select
      f.user_id,
      sum(o.revenue) as paid
    from user_first_days as f
    inner join fct_order as o
      on o.acquired_user_id = f.user_id
    where f.acquisition_date between from_day() and to_day()
      and days_between(f.acquisition_date, o.order_date) between 3 and 90
    group by f.user_id
  ) as p -- most users never pay
    on p.user_id = u.user_id
  where u.acquisition_date between from_day() and to_day()
  order by u.acquisition_date desc, u.user_id
  limit 200000
) as newest
order by acquisition_date, user_id
