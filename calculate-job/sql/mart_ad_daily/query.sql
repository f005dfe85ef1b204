-- one row per report_date, platform, account_id, campaign_id, ad_group_id and ad_id
with accounts as (
  select channel, account_id, account_name
  from dim_account
  where valid_from <= run_date() and run_date() < valid_to
),

campaigns as (
  select channel, campaign_id, campaign_name
  from dim_campaign
  where valid_from <= run_date() and run_date() < valid_to
),

ad_groups as (
  select channel, ad_group_id, ad_group_name
  from dim_ad_group
  where valid_from <= run_date() and run_date() < valid_to
),

ads as (
  select channel, ad_group_id, ad_id, ad_name, landing_url
  from dim_ad
  where valid_from <= run_date() and run_date() < valid_to
)

select
  f.report_date                                     as report_date,
  case f.channel when 'meta' then 'facebook_ads' when 'naver_search_ad' then 'naver_ads' else f.channel end as platform,
  f.account_id                                      as account_id,
  coalesce(n.account_name, f.account_id)            as account_name,
  f.campaign_id                                     as campaign_id,
  coalesce(c.campaign_name, f.campaign_id)          as campaign_name,
  f.ad_group_id                                     as ad_group_id,
  coalesce(g.ad_group_name, f.ad_group_id)          as ad_group_name,
  f.ad_id                                           as ad_id,
  coalesce(a.ad_name, f.ad_id)                      as ad_name,
  f.clicks                                          as clicks,
  f.impressions                                     as impressions,
  f.spend                                           as spend,
  f.conversions                                     as conversions,
  f.conversions_value                               as conversions_value,
  f.spend_local                                     as spend_local,
  f.spend_gross_local                               as spend_gross_local,
  f.currency_local                                  as currency_local,
  f.is_final                                        as is_final,
  text_part(a.landing_url, '^([^?#]+)')             as base_url,
  lower(text_part(a.landing_url, '^[A-Za-z][A-Za-z0-9+.-]*://([^/?#:]+)')) as url_host,
  text_part(a.landing_url, '^[A-Za-z][A-Za-z0-9+.-]*://[^/?#]*(/[^?#]*)') as url_path,
  -- of a tag that is there twice the last one: it is what the channel appends
  text_part(a.landing_url, '^[^?#]*[?](?:[^#]*&)?utm_source=([^&#]*)')   as utm_source,
  text_part(a.landing_url, '^[^?#]*[?](?:[^#]*&)?utm_medium=([^&#]*)')   as utm_medium,
  text_part(a.landing_url, '^[^?#]*[?](?:[^#]*&)?utm_campaign=([^&#]*)') as utm_campaign,
  text_part(a.landing_url, '^[^?#]*[?](?:[^#]*&)?utm_content=([^&#]*)')  as utm_content,
  text_part(a.landing_url, '^[^?#]*[?](?:[^#]*&)?utm_term=([^&#]*)')     as utm_term
from fct_ad_performance as f
left join accounts as n -- only Meta and Google name them
  on n.channel = f.channel and n.account_id = f.account_id
left join campaigns as c -- conversions may come before the first delivery
  on c.channel = f.channel and c.campaign_id = f.campaign_id
left join ad_groups as g -- whole campaigns have none
  on g.channel = f.channel and g.ad_group_id = f.ad_group_id
left join ads as a
  on a.channel = f.channel and a.ad_group_id = f.ad_group_id and a.ad_id = f.ad_id
where f.report_date = run_date()
