-- one row per row of Naver's EXPKEYWORD report: kept, or with the reason why it was removed
with readable as (
  select
    *,
    row_number() over (
      -- rows that do not say what was searched for cannot be told apart
      partition by
        customer_id, report_date, campaign_id, ad_group_id, coalesce(search_term, raw_ref), media_code, device, match_type
      order by coalesce(cost, 0) desc, coalesce(impressions, 0) desc, coalesce(clicks, 0) desc, raw_ref
    ) as copy_number
  from src_naver_search_ad__search_term
  where report_date = run_date()
    and bad_field is null
),

judged as (
  select
    *,
    case when copy_number > 1 then 'duplicate' end                                 as removed_reason,
    case when copy_number > 1 then 'copy ' || cast(copy_number as string) end as observed_value
  from readable

  union all

  select
    *,
    cast(null as bigint)                            as copy_number,
    'unreadable_value'                              as removed_reason,
    bad_field || '=' || coalesce(bad_value, '')     as observed_value
  from src_naver_search_ad__search_term
  where report_date = run_date()
    and bad_field is not null
),

priced as (
  select
    *,
    cast(coalesce(cost, 0) as decimal(18, 4))                                      as cost_sent,
    report_date >= date '2026-03-30'                                               as with_vat
  from judged
)

select
  p.report_date                                           as report_date,
  'naver_search_ad'                                       as channel,
  p.customer_id                                           as account_id,
  p.campaign_id                                           as campaign_id,
  p.ad_group_id                                           as ad_group_id,
  p.search_term                                           as search_query,
  p.match_type                                            as search_match_type,
  p.media_code                                            as media_code,
  p.device                                                as device,
  cast(coalesce(p.impressions, 0) as bigint)              as impressions,
  cast(coalesce(p.clicks, 0) as bigint)                   as clicks,
  -- ten elevenths, rounded half up in whole 0.0001 won: engines divide decimals each in their own way
  case
    when p.with_vat
      then cast(
        cast(floor((cast(p.cost_sent as double) * 100000 + 5) / 11) as bigint) * cast(0.0001 as decimal(5, 4))
        as decimal(18, 4))
    else p.cost_sent
  end                                                     as cost_net,
  case
    when p.with_vat then p.cost_sent
    else cast(p.cost_sent * cast(1.1 as decimal(2, 1)) as decimal(18, 4))
  end                                                     as cost_gross,
  case when p.with_vat then 'inclusive' else 'exclusive' end as vat_rule,
  coalesce(p.is_final, false)                             as is_final,
  p.removed_reason                                        as removed_reason,
  p.observed_value                                        as observed_value,
  p.raw_ref                                               as raw_ref
from priced as p
