-- one row per rule and threshold, and per exception, as they hold on the day
with defaults as (
  select 'R01' as rule_id, 'drop_seconds' as setting, cast(5 as decimal(18, 6)) as value, 'drop_attribution' as action, false as of_self_attributing
  union all
  select 'R01', 'tag_seconds', cast(10 as decimal(18, 6)), 'drop_attribution', false
  union all
  select 'R01', 'publisher_share', cast(0.05 as decimal(18, 6)), 'drop_attribution', false
  union all
  select 'R01', 'publisher_installs', cast(50 as decimal(18, 6)), 'drop_attribution', false
  union all
  select 'R02', 'late_days', cast(30 as decimal(18, 6)), 'drop_attribution', false
  union all
  select 'R03', 'publisher_installs', cast(100 as decimal(18, 6)), 'tag', false
  union all
  select 'R03', 'first_hour_share', cast(0.5 as decimal(18, 6)), 'tag', false
  union all
  select 'R03', 'after_day_share', cast(0.2 as decimal(18, 6)), 'tag', false
  union all
  select 'R04', 'robust_z', cast(3.5 as decimal(18, 6)), 'tag', false
  union all
  select 'R04', 'publisher_clicks', cast(1000 as decimal(18, 6)), 'tag', false
  union all
  select 'R04', 'times_others', cast(2 as decimal(18, 6)), 'tag', false
  union all
  select 'R05', 'tag_deviations', cast(2.5 as decimal(18, 6)), 'tag', false
  union all
  select 'R05', 'drop_deviations', cast(4 as decimal(18, 6)), 'tag', false
  union all
  select 'R05', 'times_others', cast(3 as decimal(18, 6)), 'tag', false
  union all
  select 'R05', 'publisher_installs', cast(50 as decimal(18, 6)), 'tag', false
  union all
  select 'R05', 'drop_installs', cast(200 as decimal(18, 6)), 'tag', false
  union all
  select 'R06', 'device_clicks', cast(20 as decimal(18, 6)), 'tag', false
  union all
  select 'R06', 'address_clicks', cast(200 as decimal(18, 6)), 'tag', false
  union all
  select 'R06', 'percentile', cast(0.999 as decimal(18, 6)), 'tag', false
  union all
  select 'R07', 'clicks', cast(5 as decimal(18, 6)), 'drop_attribution', false
  union all
  select 'R07', 'variation', cast(0.1 as decimal(18, 6)), 'drop_attribution', false
  union all
  select 'R08', cast(null as string), cast(null as decimal(18, 6)), 'off', true
  union all
  select 'R09', 'advertising_ids', cast(10 as decimal(18, 6)), 'tag', true
  union all
  select 'R09', 'publisher_share', cast(0.2 as decimal(18, 6)), 'tag', true
  union all
  select 'R10', 'times_organic', cast(2 as decimal(18, 6)), 'tag', true
  union all
  select 'R10', 'publisher_installs', cast(100 as decimal(18, 6)), 'tag', true
  union all
  select 'R11', 'devices', cast(50 as decimal(18, 6)), 'tag', true
  union all
  select 'R11', 'publisher_share', cast(0.2 as decimal(18, 6)), 'tag', true
  union all
  select 'R12', 'times_organic', cast(3 as decimal(18, 6)), 'tag', true
  union all
  select 'R12', 'publisher_installs', cast(100 as decimal(18, 6)), 'tag', true
  union all
  select 'R12', 'android_version', cast(11 as decimal(18, 6)), 'tag', true
  union all
  select 'R12', 'ios_version', cast(15 as decimal(18, 6)), 'tag', true
  union all
  select 'R13', 'share', cast(0.5 as decimal(18, 6)), 'tag', true
  union all
  select 'R13', 'publisher_installs', cast(50 as decimal(18, 6)), 'tag', true
  union all
  select 'R14', cast(null as string), cast(null as decimal(18, 6)), 'exclude', true
  union all
  select 'R15', cast(null as string), cast(null as decimal(18, 6)), 'exclude', true
  union all
  select 'R16', 'days', cast(3 as decimal(18, 6)), 'exclude', true
  union all
  select 'R17', cast(null as string), cast(null as decimal(18, 6)), 'exclude', true
  union all
  select 'R20', 'late_days', cast(5 as decimal(18, 6)), 'tag', true
  union all
  select 'R20', 'future_minutes', cast(10 as decimal(18, 6)), 'tag', true
  union all
  select 'R21', cast(null as string), cast(null as decimal(18, 6)), 'drop_attribution', true
  union all
  select 'R22', 'user_completions', cast(10 as decimal(18, 6)), 'tag', true
  union all
  select 'R22', 'address_completions', cast(30 as decimal(18, 6)), 'tag', true
  union all
  select 'R23', 'times_median', cast(5 as decimal(18, 6)), 'tag', true
  union all
  select 'R23', 'conversions', cast(30 as decimal(18, 6)), 'tag', true
  union all
  select 'R25', 'times_median', cast(5 as decimal(18, 6)), 'tag', true
  union all
  select 'R26', cast(null as string), cast(null as decimal(18, 6)), 'tag', true
),

listed as (
  select 'sheet' as list, rule_id, setting, value, action, media_source, site_id, raw_ref
  from src_google_sheets__fraud_rules
  where snapshot_date = (select max(snapshot_date) from src_google_sheets__fraud_rules)
    and bad_field is null
    and coalesce(valid_from, run_date()) <= run_date()
    and coalesce(valid_to, run_date()) >= run_date()

  union all

  select 'file' as list, rule_id, setting, value, action, media_source, site_id, raw_ref
  from src_file__fraud_rules
  where snapshot_date = (select max(snapshot_date) from src_file__fraud_rules)
    and bad_field is null
    and coalesce(valid_from, run_date()) <= run_date()
    and coalesce(valid_to, run_date()) >= run_date()
),

-- of two rows for one thing the milder holds: the larger threshold, and off before tag before anything else
thresholds as (
  select rule_id, setting, max(value) as value
  from listed
  where setting is not null
  group by rule_id, setting
),

actions as (
  select
    rule_id,
    substring(min(case action when 'off' then '1' when 'tag' then '2' when 'drop_attribution' then '3' else '4' end || action), 2)
      as action
  from listed
  where setting is null and action <> 'allow'
  group by rule_id
)

select
  run_date()                                        as as_of_date,
  d.rule_id                                         as rule_id,
  d.setting                                         as setting,
  coalesce(t.value, d.value)                        as value,
  coalesce(a.action, d.action)                      as action,
  d.of_self_attributing                             as of_self_attributing,
  cast(null as string)                              as media_source,
  cast(null as string)                              as site_id,
  case when t.rule_id is null and a.rule_id is null then 'default' else 'list' end as said_by,
  cast(null as string)                              as raw_ref
from defaults as d
left join thresholds as t -- what the site leaves as it is
  on t.rule_id = d.rule_id and t.setting = d.setting
left join actions as a
  on a.rule_id = d.rule_id

union all

select
  run_date(), rule_id, cast(null as string), cast(null as decimal(18, 6)), 'allow', true, media_source, site_id, 'list', min(raw_ref)
from listed
where action = 'allow'
group by rule_id, media_source, site_id
