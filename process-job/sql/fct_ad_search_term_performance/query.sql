-- one row per day, channel, account, campaign, ad group, keyword and what was searched for
select
  k.report_date                                     as report_date,
  k.channel                                         as channel,
  k.account_id                                      as account_id,
  k.campaign_id                                     as campaign_id,
  k.ad_group_id                                     as ad_group_id,
  k.keyword_id                                      as keyword_id,
  k.keyword_text                                    as keyword_text,
  k.search_query                                    as search_query,
  k.search_match_type                               as search_match_type,
  k.impressions                                     as impressions,
  k.clicks                                          as clicks,
  -- as the spend of ads: nothing needs no rate
  cast(
    case
      when k.currency_local = param_reporting_currency() or k.spend_local = 0 then k.spend_local
      else round(k.spend_local * m.rate, 4)
    end as decimal(18, 4)
  )                                                 as spend,
  k.spend_local                                     as spend_local,
  k.spend_gross_local                               as spend_gross_local,
  k.currency_local                                  as currency_local,
  k.conversions                                     as conversions,
  cast(
    case
      when k.currency_local = param_reporting_currency() or k.value_local = 0 then k.value_local
      else round(k.value_local * m.rate, 4)
    end as decimal(18, 4)
  )                                                 as conversions_value,
  k.is_final                                        as is_final
from stg_ad_search_term as k
left join stg_currency_rate as m -- an account may have a currency that nobody gives a rate for
  on m.currency = k.currency_local
where k.report_date = run_date()
