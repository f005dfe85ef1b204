-- one row per install, counted or excluded, with who it is and whose merit
with networks as (
  select 'Facebook Ads' as media_source, 'meta' as channel
  union all select 'facebook_int', 'meta'
  union all select 'facebook', 'meta'
  union all select 'googleadwords_int', 'google_ads'
  union all select 'Apple Search Ads', 'apple_search_ads'
  union all select 'organic', 'organic'
),

installs as (
  select
    i.*,
    coalesce(n.channel, case when coalesce(i.media_source, '') = '' then 'organic' else 'unattributed' end) as told_channel,
    case when i.assist_1_source is not null then coalesce(n1.channel, 'unattributed') end as assist_1_channel,
    case when i.assist_2_source is not null then coalesce(n2.channel, 'unattributed') end as assist_2_channel,
    case when i.assist_3_source is not null then coalesce(n3.channel, 'unattributed') end as assist_3_channel,
    i.link_advertising_key                                          as advertising_key,
    i.link_user_key                                                 as user_key
  from stg_appsflyer__install as i
  left join networks as n -- of others we do not know whose they are
    on n.media_source = i.media_source
  left join networks as n1 -- most installs have no touch before the winning one
    on n1.media_source = i.assist_1_source
  left join networks as n2 -- fewer have two
    on n2.media_source = i.assist_2_source
  left join networks as n3 -- AppsFlyer keeps three
    on n3.media_source = i.assist_3_source
  where i.report_date = run_date()
    and i.removed_reason is null
),

known as (
  select
    i.*,
    coalesce(u.cluster_id, d.cluster_id)            as person_id,
    coalesce(u.user_id_key, i.user_key, d.user_id_key) as user_id_filled,
    case when i.user_key is not null then 'sent' when d.user_id_key is not null then d.rule end as user_fill_rule,
    coalesce(i.advertising_key, d.advertising_id_key, u.advertising_id_key) as advertising_id_filled
  from installs as i
  left join identity_cluster as u -- before sign-up there is no user
    on u.node_kind = 'user' and u.node_key = i.user_key
  left join identity_cluster as d
    on d.node_kind = 'device'
    and d.node_key = i.user_id
    and (d.valid_from is null or d.valid_from <= i.installed_at)
    and (d.valid_to is null or i.installed_at < d.valid_to)
),

about as (
  select k.install_id, f.rule_id, f.action, f.what
  from known as k
  inner join fraud_decision as f
    on f.subject_kind = 'install' and f.subject_key = k.install_id
  union all
  select k.install_id, f.rule_id, f.action, f.what
  from known as k
  inner join fraud_decision as f
    on f.subject_kind = 'publisher' and f.subject_key = k.app_id || '|' || k.media_source || '|' || k.site_id
  union all
  select k.install_id, f.rule_id, f.action, f.what
  from known as k
  inner join fraud_decision as f
    on f.subject_kind = 'person' and f.subject_key = k.person_id
  union all
  select k.install_id, f.rule_id, f.action, f.what
  from known as k
  inner join fraud_decision as f
    on f.subject_kind = 'device' and f.subject_key = k.user_id
  union all
  select k.install_id, f.rule_id, f.action, f.what
  from known as k
  inner join fraud_decision as f
    on f.subject_kind = 'advertising' and f.subject_key = k.advertising_key
  union all
  select k.install_id, 'R17', f.action, 'campaign like ' || t.pattern
  from known as k
  inner join stg_test_user as t
    -- only % stands for something else
    on t.kind = 'pattern' and lower(k.campaign_name) like replace(replace(t.pattern, '!', '!!'), '_', '!_') escape '!'
  inner join (select distinct action from fraud_rule where rule_id = 'R17' and action not in ('off', 'allow')) as f
    on true
),

decided as (
  select
    install_id,
    min(case when action = 'exclude' then rule_id end) as excluded_by,
    min(case when action = 'exclude' then rule_id || ': ' || what end) as excluded_for,
    -- AppsFlyer's word comes before all others
    substring(min(case when action = 'drop_attribution' then case rule_id when 'R21' then '0' else '1' end || rule_id end), 2)
      as credit_removed_by
  from about
  group by install_id
)

select
  k.report_date                                     as install_date,
  k.user_id                                         as user_id,
  k.installed_at                                    as installed_at,
  case when d.credit_removed_by is null then k.told_channel else 'organic' end as channel,
  coalesce(k.media_source, 'organic')               as source,
  case when d.credit_removed_by is null then k.campaign_id end as campaign_id,
  case when d.credit_removed_by is null then k.campaign_name end as campaign_name,
  case when d.credit_removed_by is null then k.ad_group_id end as ad_group_id,
  case when d.credit_removed_by is null then k.ad_id end as ad_id,
  k.site_id                                         as site_id,
  k.country                                         as country,
  k.platform                                        as platform,
  k.install_id                                      as install_id,
  k.person_id                                       as person_id,
  k.user_key                                        as user_id_raw,
  k.user_id_filled                                  as user_id_filled,
  k.user_fill_rule                                  as user_fill_rule,
  k.advertising_key                                 as advertising_id_raw,
  k.advertising_id_filled                           as advertising_id_filled,
  k.touch_type                                      as touch_type,
  k.touched_at                                      as touched_at,
  k.assist_1_channel                                as assist_1_channel,
  k.assist_1_source                                 as assist_1_source,
  k.assist_1_campaign_name                          as assist_1_campaign_name,
  k.assist_1_touch_type                             as assist_1_touch_type,
  k.assist_1_touched_at                             as assist_1_touched_at,
  k.assist_2_channel                                as assist_2_channel,
  k.assist_2_source                                 as assist_2_source,
  k.assist_2_campaign_name                          as assist_2_campaign_name,
  k.assist_2_touch_type                             as assist_2_touch_type,
  k.assist_2_touched_at                             as assist_2_touched_at,
  k.assist_3_channel                                as assist_3_channel,
  k.assist_3_source                                 as assist_3_source,
  k.assist_3_campaign_name                          as assist_3_campaign_name,
  k.assist_3_touch_type                             as assist_3_touch_type,
  k.assist_3_touched_at                             as assist_3_touched_at,
  case when k.told_channel <> 'organic' then d.credit_removed_by end as credit_removed_by,
  d.excluded_by                                     as removed_reason,
  substring(d.excluded_for, 6)                      as observed_value,
  k.raw_ref                                         as raw_ref
from known as k
left join decided as d -- nothing is said against most
  on d.install_id = k.install_id
