-- one row per user, on the day of the install or, without one, of the first order
with installs as (
  select
    *,
    row_number() over (
      partition by user_id
      order by
        install_date, installed_at, channel, coalesce(campaign_id, ''), coalesce(ad_id, ''), raw_ref
    ) as nth
  from stg_install
  where install_date <= run_date() and removed_reason is null
),

first_orders as (
  select
    user_id,
    min(order_date) as first_order_date
  from stg_order
  where order_date <= run_date()
    and removed_reason is null
    -- what the CRM and ads bring is joined to people, not to devices
    and kind in ('purchase', 'subscription')
  group by user_id
),

users as (
  select
    coalesce(i.user_id, o.user_id)                           as user_id,
    case
      when i.user_id is null or o.first_order_date < i.install_date then 'first_order'
      else 'install'
    end                                                      as acquisition_kind,
    case
      when i.user_id is null or o.first_order_date < i.install_date then o.first_order_date
      else i.install_date
    end                                                      as acquisition_date,
    i.installed_at,
    i.channel,
    i.campaign_id,
    i.campaign_name,
    i.country,
    i.platform
  from (select * from installs where nth = 1) as i
  full join first_orders as o -- buyers without an install, and installs that never ordered
    on o.user_id = i.user_id
)

select
  acquisition_date                                  as acquisition_date,
  user_id                                           as user_id,
  acquisition_kind                                  as acquisition_kind,
  case when acquisition_kind = 'install' then installed_at end as acquired_at,
  case when acquisition_kind = 'install' then channel else 'unattributed' end as channel,
  case
    when acquisition_kind = 'first_order' then 'unattributed'
    when channel in ('organic', 'unattributed') then coalesce(campaign_id, channel)
    else coalesce(campaign_id, 'unattributed')
  end                                               as campaign_id,
  case
    when acquisition_kind = 'first_order' then 'unattributed'
    when channel in ('organic', 'unattributed') then coalesce(campaign_name, campaign_id, channel)
    else coalesce(campaign_name, campaign_id, 'unattributed')
  end                                               as campaign_name,
  country                                           as country,
  platform                                          as platform
from users
where acquisition_date = run_date()
