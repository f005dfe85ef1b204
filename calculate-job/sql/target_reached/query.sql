-- one row per day, target and person who reached it
with orders as (
  select
    o.*,
    coalesce(a.person_id, a.user_id)                as came_as,
    row_number() over (
      partition by coalesce(o.person_id, o.user_id)
      order by o.ordered_at nulls last, o.source, o.kind, o.order_id, o.user_id, o.currency_local
    ) as nth
  from fct_order as o
  left join fct_acquisition as a -- not everybody's coming is known
    on a.user_id = o.acquired_user_id
    and a.users > 0
  where o.order_date = run_date()
    and o.is_first
),

visits as (
  select
    person_id,
    count(*)                                                          as visits,
    max(case when visit_date = run_date() then started_at end)        as started_at
  from visit_day
  where visit_date <= run_date()
    and cast(date_trunc('month', visit_date) as date) = cast(date_trunc('month', run_date()) as date)
  group by person_id
),

reached as (
  select
    'first_order'                   as target,
    coalesce(person_id, user_id)    as person_id,
    came_as                         as came_as,
    ordered_at                      as reached_at,
    revenue                         as value
  from orders
  where nth = 1

  union all

  select 'sign_up', person_id, cast(null as string), signed_up_at, cast(0 as decimal(18, 4))
  from fct_sign_up
  where sign_up_date = run_date()

  union all

  select 'third_visit', person_id, cast(null as string), started_at, cast(0 as decimal(18, 4))
  from visits
  where visits = 3
    and started_at is not null
)

select
  run_date()                      as reached_date,
  target                          as target,
  person_id                       as person_id,
  nullif(came_as, person_id)      as came_as,
  reached_at                      as reached_at,
  cast(value as decimal(18, 4))   as value
from reached
where (',' || param_path_targets() || ',') like ('%,' || target || ',%')
