-- one row per source and event name of the day
with known as (
  select 'purchase' as event, 'purchase' as name_key
  union all select 'purchase', 'inapppurchase'
  union all select 'purchase', 'ordercompleted'
  union all select 'purchase', 'completepurchase'
  union all select 'purchase', 'ecommercepurchase'
  union all select 'refund', 'refund'
  union all select 'refund', 'refunded'
  union all select 'refund', 'orderrefunded'
  union all select 'sign_up', 'signup'
  union all select 'sign_up', 'signedup'
  union all select 'sign_up', 'completeregistration'
  union all select 'sign_up', 'registration'
  union all select 'login', 'login'
  union all select 'login', 'signin'
  union all select 'login', 'loggedin'
  union all select 'view_item', 'viewitem'
  union all select 'view_item', 'contentview'
  union all select 'view_item', 'viewcontent'
  union all select 'view_item', 'productviewed'
  union all select 'view_item_list', 'viewitemlist'
  union all select 'view_item_list', 'listview'
  union all select 'search', 'search'
  union all select 'add_to_cart', 'addtocart'
  union all select 'add_to_cart', 'productadded'
  union all select 'add_to_wishlist', 'addtowishlist'
  union all select 'begin_checkout', 'begincheckout'
  union all select 'begin_checkout', 'initiatedcheckout'
  union all select 'begin_checkout', 'checkoutstarted'
  union all select 'add_payment_info', 'addpaymentinfo'
  union all select 'subscribe', 'subscribe'
  union all select 'start_trial', 'starttrial'
  union all select 'session_start', 'sessionstart'
  union all select 'first_open', 'firstopen'
  union all select 'app_open', 'appopen'
  union all select 'page_view', 'pageview'
  union all select 'screen_view', 'screenview'
  union all select 'ad_impression', 'adimpression'
  union all select 'ad_impression', 'adview'
  union all select 'share', 'share'
  union all select 'tutorial_complete', 'tutorialcomplete'
  union all select 'tutorial_complete', 'tutorialcompletion'
  union all select 'level_up', 'levelup'
  union all select 'level_up', 'levelachieved'
),

seen as (
  select
    source,
    event_name,
    count(*)                                                as events,
    count(distinct person_id)                               as persons,
    count(*) filter (where revenue <> 0)                    as events_with_money
  from stg_event
  where event_date = run_date()
    and removed_reason is null
  group by source, event_name
),

-- AppsFlyer's own events begin with af_
keyed as (
  select
    *,
    name_key(case when lower(event_name) like 'af!_%' escape '!' then substring(event_name, 4) else event_name end) as name_key
  from seen
)

select
  run_date()                                                as as_of_date,
  k.source                                                  as source,
  k.event_name                                              as event_name,
  coalesce(s.event, a.event, n.event, lower(k.event_name))  as event,
  case
    when coalesce(s.event, a.event) is not null then 'guide'
    when n.event is not null then 'known'
    else 'new'
  end                                                       as status,
  case
    when coalesce(s.event, a.event, n.event) is not null then cast(null as string)
    when k.name_key like '%cancel%' or k.name_key like '%refund%' or k.name_key like '%취소%' or k.name_key like '%환불%' then 'refund'
    when k.events_with_money > 0 or k.name_key like '%purchase%' or k.name_key like '%order%' or k.name_key like '%구매%' or k.name_key like '%결제%'
      then 'purchase'
    when k.name_key like '%signup%' or k.name_key like '%regist%' or k.name_key like '%가입%' then 'sign_up'
    when k.name_key like '%login%' or k.name_key like '%로그인%' then 'login'
    when k.name_key like '%cart%' or k.name_key like '%장바구니%' then 'add_to_cart'
    when k.name_key like '%search%' or k.name_key like '%검색%' then 'search'
    when k.name_key like '%view%' or k.name_key like '%조회%' then 'view_item'
  end                                                       as guess,
  k.events                                                  as events,
  k.persons                                                 as persons,
  k.events_with_money                                       as events_with_money
from keyed as k
left join stg_event_guide as s -- most events need no guide
  on s.source = k.source and s.event_name = k.event_name
left join stg_event_guide as a
  on a.source is null and a.event_name = k.event_name
left join known as n
  on n.name_key = k.name_key
