-- one row per as-of date and customer who has bought
with visits as (
  select
    customer_id,
    order_date,
    revenue,
    order_date <= add_days(run_date(), -7)                                              as was_week_ago,
    days_between(lag(order_date) over (partition by customer_id order by order_date), order_date) as gap
  from customer_day
  where order_date <= run_date()
),

refunds as (
  select
    coalesce(acquired_user_id, person_id, user_id)                                      as customer_id,
    sum(revenue)                                                                        as revenue,
    sum(case when order_date <= add_days(run_date(), -7) then revenue else 0 end)       as revenue_week_ago
  from fct_order
  where order_date <= run_date()
    and kind = 'refund'
  group by coalesce(acquired_user_id, person_id, user_id)
),

everybody as (
  select percentile_cont(0.5) within group (order by gap) as gap
  from visits
  where gap is not null
),

own as (
  select
    customer_id,
    percentile_cont(0.5) within group (order by gap) as gap
  from visits
  where gap is not null
  group by customer_id
  having count(*) >= 3
),

-- what a model of purchases expects, as known on the day of the last one
modelled as (
  select
    h.customer_id,
    s.due_days
  from customer_history as h
  inner join customer_score as s
    on s.repeat_days = h.repeat_days
    and s.last_repeat_age = h.last_repeat_age
    and s.age_days = h.age_days
    and s.subscribed = h.subscribed
),

customers as (
  select
    customer_id,
    max(order_date)                                                                     as last_visit_date,
    count(*)                                                                            as visits,
    count(*) filter (where was_week_ago)                                                as visits_week_ago,
    sum(revenue)                                                                        as revenue,
    sum(case when was_week_ago then revenue else 0 end)                                 as revenue_week_ago
  from visits
  group by customer_id
),

known as (
  select
    c.customer_id,
    c.last_visit_date,
    c.visits,
    c.visits_week_ago,
    c.revenue + coalesce(r.revenue, 0)                                                  as paid, -- refunds are negative
    c.revenue_week_ago + coalesce(r.revenue_week_ago, 0)                                as paid_week_ago,
    days_between(c.last_visit_date, run_date())                                         as silent_days,
    add_days(c.last_visit_date, cast(ceil(coalesce(m.due_days, o.gap, e.gap)) as int))  as expected_visit_date,
    case
      when m.due_days is not null then 'model'
      when o.gap is not null then 'own'
      when e.gap is not null then 'everybody'
    end                                                                                 as expected_by
  from customers as c
  cross join everybody as e
  left join modelled as m -- without a model there is no score
    on m.customer_id = c.customer_id
  left join own as o -- who has come less than four times
    on o.customer_id = c.customer_id
  left join refunds as r -- most send nothing back
    on r.customer_id = c.customer_id
),

placed as (
  select
    *,
    case
      when paid >= cast(param_vip_revenue() as decimal(18, 4)) then 'vip'
      when visits <= 3 then 'new'
      when visits <= 10 then 'growing'
      else 'loyal'
    end                                                                                 as segment,
    case
      when visits_week_ago = 0 then 'none'
      when paid_week_ago >= cast(param_vip_revenue() as decimal(18, 4)) then 'vip'
      when visits_week_ago <= 3 then 'new'
      when visits_week_ago <= 10 then 'growing'
      else 'loyal'
    end                                                                                 as segment_week_ago,
    coalesce(run_date() > expected_visit_date, false)                                   as is_overdue
  from known
)

select
  run_date()                                            as as_of_date,
  customer_id                                           as customer_id,
  segment                                               as segment,
  segment_week_ago                                      as segment_week_ago,
  visits                                                as visits,
  cast(paid as decimal(18, 4))                          as paid,
  last_visit_date                                       as last_visit_date,
  silent_days                                           as silent_days,
  expected_visit_date                                   as expected_visit_date,
  expected_by                                           as expected_by,
  is_overdue                                            as is_overdue,
  segment = 'new' and silent_days between 7 and 19      as is_new_customer_followup,
  segment = 'new' and silent_days >= 20                 as is_new_customer_at_risk,
  silent_days >= 30                                     as is_reactivation_needed,
  segment = 'growing' and is_overdue                    as is_growing_delayed,
  segment = 'loyal' and is_overdue                      as is_loyal_delayed
from placed
