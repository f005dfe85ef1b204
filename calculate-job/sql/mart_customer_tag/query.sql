-- one row per as-of date, tag and customer
with tagged as (
  select 'new_customer_followup' as tag, add_days(last_visit_date, 7) as tagged_since, *
  from customer_segment
  where is_new_customer_followup
  union all
  select 'new_customer_at_risk', add_days(last_visit_date, 20), *
  from customer_segment
  where is_new_customer_at_risk
  union all
  select 'reactivation_needed', add_days(last_visit_date, 30), *
  from customer_segment
  where is_reactivation_needed
  union all
  select 'growing_delayed', add_days(expected_visit_date, 1), *
  from customer_segment
  where is_growing_delayed
  union all
  select 'loyal_delayed', add_days(expected_visit_date, 1), *
  from customer_segment
  where is_loyal_delayed
)

select
  run_date()                    as as_of_date,
  t.tag                         as tag,
  t.tagged_since                as tagged_since,
  t.customer_id                 as customer_id,
  t.segment                     as segment,
  c.channel                     as channel,
  c.campaign_id                 as campaign_id,
  c.platform                    as platform,
  c.country                     as country,
  t.visits                      as visits,
  t.paid                        as paid,
  t.last_visit_date             as last_visit_date,
  t.silent_days                 as silent_days,
  t.expected_visit_date         as expected_visit_date,
  c.returns_30                  as returns_30,
  c.value_90                    as value_90
from tagged as t
inner join mart_customer as c
  on c.customer_id = t.customer_id
