-- one row per action row that Meta sent for the day: counted under a metric, or with the reason why not
with types as (
  select 'mobile_app_install' as action_type, 'install' as metric, 'leaf' as part, 0 as place
  union all select 'omni_app_install', 'install', 'roll_up', 1
  union all select 'app_install', 'install', 'roll_up', 2
  union all select 'offsite_conversion.fb_pixel_purchase', 'purchase', 'leaf', 0
  union all select 'app_custom_event.fb_mobile_purchase', 'purchase', 'leaf', 0
  union all select 'onsite_conversion.purchase', 'purchase', 'leaf', 0
  union all select 'offline_conversion.purchase', 'purchase', 'leaf', 0
  union all select 'omni_purchase', 'purchase', 'roll_up', 1
  union all select 'purchase', 'purchase', 'roll_up', 2
  union all select 'onsite_web_purchase', 'purchase', 'roll_up', 3
  union all select 'onsite_web_app_purchase', 'purchase', 'roll_up', 4
  union all select 'offsite_conversion.fb_pixel_complete_registration', 'sign_up', 'leaf', 0
  union all select 'app_custom_event.fb_mobile_complete_registration', 'sign_up', 'leaf', 0
  union all select 'onsite_conversion.complete_registration', 'sign_up', 'leaf', 0
  union all select 'offline_conversion.complete_registration', 'sign_up', 'leaf', 0
  union all select 'omni_complete_registration', 'sign_up', 'roll_up', 1
  union all select 'complete_registration', 'sign_up', 'roll_up', 2
  union all select 'onsite_web_complete_registration', 'sign_up', 'roll_up', 3
  union all select 'onsite_web_app_complete_registration', 'sign_up', 'roll_up', 4
  union all select 'offsite_conversion.fb_pixel_lead', 'lead', 'leaf', 0
  union all select 'onsite_conversion.lead_grouped', 'lead', 'leaf', 0
  union all select 'offline_conversion.lead', 'lead', 'leaf', 0
  union all select 'omni_lead', 'lead', 'roll_up', 1
  union all select 'lead', 'lead', 'roll_up', 2
  union all select 'onsite_web_lead', 'lead', 'roll_up', 3
  union all select 'onsite_web_app_lead', 'lead', 'roll_up', 4
  union all select 'offsite_conversion.fb_pixel_add_to_cart', 'add_to_cart', 'leaf', 0
  union all select 'app_custom_event.fb_mobile_add_to_cart', 'add_to_cart', 'leaf', 0
  union all select 'onsite_conversion.add_to_cart', 'add_to_cart', 'leaf', 0
  union all select 'offline_conversion.add_to_cart', 'add_to_cart', 'leaf', 0
  union all select 'omni_add_to_cart', 'add_to_cart', 'roll_up', 1
  union all select 'add_to_cart', 'add_to_cart', 'roll_up', 2
  union all select 'onsite_web_add_to_cart', 'add_to_cart', 'roll_up', 3
  union all select 'onsite_web_app_add_to_cart', 'add_to_cart', 'roll_up', 4
  union all select 'offsite_conversion.fb_pixel_initiate_checkout', 'checkout', 'leaf', 0
  union all select 'onsite_conversion.initiate_checkout', 'checkout', 'leaf', 0
  union all select 'offline_conversion.initiate_checkout', 'checkout', 'leaf', 0
  union all select 'omni_initiate_checkout', 'checkout', 'roll_up', 1
  union all select 'initiate_checkout', 'checkout', 'roll_up', 2
  union all select 'onsite_web_initiate_checkout', 'checkout', 'roll_up', 3
  union all select 'onsite_web_app_initiate_checkout', 'checkout', 'roll_up', 4
  union all select 'app_custom_event.fb_mobile_initiated_checkout', 'checkout', 'leaf', 0
  union all select 'omni_initiated_checkout', 'checkout', 'roll_up', 5
  union all select 'offsite_conversion.fb_pixel_subscribe', 'subscribe', 'leaf', 0
  union all select 'app_custom_event.fb_mobile_subscribe', 'subscribe', 'leaf', 0
  union all select 'onsite_conversion.subscribe', 'subscribe', 'leaf', 0
  union all select 'offline_conversion.subscribe', 'subscribe', 'leaf', 0
  union all select 'omni_subscribe', 'subscribe', 'roll_up', 1
  union all select 'subscribe', 'subscribe', 'roll_up', 2
  union all select 'onsite_web_subscribe', 'subscribe', 'roll_up', 3
  union all select 'onsite_web_app_subscribe', 'subscribe', 'roll_up', 4
  union all select 'offsite_conversion.fb_pixel_custom', 'custom', 'roll_up', 1
  union all select 'link_click', cast(null as string), 'engagement', 0
  union all select 'post_engagement', cast(null as string), 'engagement', 0
  union all select 'page_engagement', cast(null as string), 'engagement', 0
  union all select 'post_reaction', cast(null as string), 'engagement', 0
  union all select 'post', cast(null as string), 'engagement', 0
  union all select 'comment', cast(null as string), 'engagement', 0
  union all select 'like', cast(null as string), 'engagement', 0
  union all select 'photo_view', cast(null as string), 'engagement', 0
  union all select 'video_view', cast(null as string), 'engagement', 0
  union all select 'landing_page_view', cast(null as string), 'engagement', 0
  union all select 'omni_landing_page_view', cast(null as string), 'engagement', 0
  union all select 'onsite_conversion.post_save', cast(null as string), 'engagement', 0
  union all select 'view_content', cast(null as string), 'engagement', 0
  union all select 'omni_view_content', cast(null as string), 'engagement', 0
  union all select 'offsite_conversion.fb_pixel_view_content', cast(null as string), 'engagement', 0
  union all select 'app_custom_event.fb_mobile_content_view', cast(null as string), 'engagement', 0
  union all select 'app_custom_event.fb_mobile_activate_app', cast(null as string), 'engagement', 0
  union all select 'omni_activate_app', cast(null as string), 'engagement', 0
  union all select 'app_use', cast(null as string), 'engagement', 0
),

known as (
  select
    a.*,
    case when a.action_type like 'offsite_conversion.custom.%' then 'custom' else t.metric end as metric,
    case when a.action_type like 'offsite_conversion.custom.%' then 'leaf' else coalesce(t.part, 'unmapped') end as part,
    t.place
  from src_meta__action as a
  left join types as t -- Meta knows more than we do
    on t.action_type = a.action_type
  where a.report_date = run_date()
),

-- an ad that came on two pages came with its actions. Of one row of an ad a type may stand several times, each a part of it
placed as (
  select
    *,
    min(case when bad_field is null then raw_ref end) over (partition by account_id, ad_id) as first_ref
  from known
),

-- where the parts of a metric are told they are added up. Else the first of the roll-ups stands for it
told as (
  select
    account_id,
    ad_id,
    metric,
    max(case when part = 'leaf' then 1 else 0 end)              as leaves,
    min(case when part = 'roll_up' then place end)              as first_place
  from placed
  where bad_field is null
    and raw_ref = first_ref
    and metric is not null
  group by account_id, ad_id, metric
)

select
  p.report_date                                     as report_date,
  p.account_id                                      as account_id,
  p.campaign_id                                     as campaign_id,
  p.adset_id                                        as ad_group_id,
  p.ad_id                                           as ad_id,
  p.action_type                                     as action_type,
  p.attribution_window                              as attribution_window,
  p.metric                                          as metric,
  cast(coalesce(p.action_count, 0) as decimal(18, 6)) as conversions,
  cast(round(coalesce(p.action_value, 0), 4) as decimal(18, 4)) as value_local,
  p.account_currency                                as currency_local,
  p.is_final                                        as is_final,
  case
    when p.bad_field is not null then 'unreadable_value'
    when p.raw_ref <> p.first_ref then 'duplicate'
    when p.part in ('engagement', 'unmapped') then p.part
    when p.part = 'roll_up' and (t.leaves = 1 or p.place > t.first_place) then 'overlapping'
  end                                               as removed_reason,
  case
    when p.bad_field is not null then p.bad_field || '=' || coalesce(p.bad_value, '')
    when p.raw_ref <> p.first_ref then 'another page'
    when p.part in ('engagement', 'unmapped') or p.part = 'roll_up' and (t.leaves = 1 or p.place > t.first_place)
      then 'action_type=' || p.action_type
  end                                               as observed_value,
  p.raw_ref                                         as raw_ref
from placed as p
left join told as t -- what is no conversion has no metric
  on t.account_id = p.account_id and t.ad_id = p.ad_id and t.metric = p.metric
