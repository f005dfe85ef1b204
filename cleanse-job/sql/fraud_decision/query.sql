-- one row per subject and rule that speaks against it, with what follows
with publishers as (
  select app_id, media_source, site_id, rule_id, action, observed, threshold, what from fraud_publisher_timing where as_of_date = run_date()
  union all
  select app_id, media_source, site_id, rule_id, action, observed, threshold, what from fraud_publisher_clicks where as_of_date = run_date()
  union all
  select app_id, media_source, site_id, rule_id, action, observed, threshold, what from fraud_publisher_networks where as_of_date = run_date()
  union all
  select app_id, media_source, site_id, rule_id, action, observed, threshold, what from fraud_publisher_devices where as_of_date = run_date()
),

actors as (
  select subject_kind, subject_key, rule_id, action, observed, threshold, what from fraud_actor where event_date = run_date()
  union all
  select subject_kind, subject_key, rule_id, action, observed, threshold, what from fraud_tester where event_date = run_date()
  union all
  select subject_kind, subject_key, rule_id, action, observed, threshold, what from fraud_volume where event_date = run_date()
),

signals as (
  select
    'install' as subject_kind, install_id as subject_key, rule_id, action, media_source, site_id, observed, threshold, what
  from fraud_install
  where install_date = run_date()

  union all

  select
    'publisher', app_id || '|' || media_source || '|' || site_id, rule_id, action, media_source, site_id, observed, threshold, what
  from publishers

  union all

  select
    subject_kind, subject_key, rule_id, action, cast(null as string), cast(null as string), observed, threshold, what
  from actors

  union all

  select
    'campaign', subject_key, rule_id, action, cast(null as string), cast(null as string), observed, threshold, what
  from fraud_ad
  where report_date = run_date()
),

exceptions as (
  select rule_id, media_source, site_id
  from fraud_rule
  where action = 'allow'
),

allowed as (
  select distinct s.subject_kind, s.subject_key, s.rule_id
  from signals as s
  inner join exceptions as e
    on e.rule_id = s.rule_id
    and (e.media_source is null or e.media_source = s.media_source)
    and (e.site_id is null or e.site_id = s.site_id)
)

select
  run_date()                                        as decision_date,
  s.subject_kind                                    as subject_kind,
  s.subject_key                                     as subject_key,
  s.rule_id                                         as rule_id,
  case when s.rule_id = 'R21' then 'appsflyer' else 'ltv' end as said_by,
  s.action                                          as asked,
  case when a.rule_id is null then s.action else 'allow' end as action,
  s.media_source                                    as media_source,
  s.site_id                                         as site_id,
  s.observed                                        as observed,
  s.threshold                                       as threshold,
  s.what                                            as what,
  run_id()                                          as run_id
from signals as s
left join allowed as a -- most have no exception
  on a.subject_kind = s.subject_kind and a.subject_key = s.subject_key and a.rule_id = s.rule_id
