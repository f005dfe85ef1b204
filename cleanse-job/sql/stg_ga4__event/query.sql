-- one row per event of GA4's exported table of the day: kept, or with the reason why it was removed
with countries as (
  -- Analytics tells countries by their English names
  select * from (
    values
      ('Andorra', 'AD'), ('United Arab Emirates', 'AE'), ('Afghanistan', 'AF'), ('Antigua & Barbuda', 'AG'), ('Antigua and Barbuda', 'AG'),
      ('Anguilla', 'AI'), ('Albania', 'AL'), ('Armenia', 'AM'), ('Angola', 'AO'), ('Antarctica', 'AQ'), ('Argentina', 'AR'), ('American Samoa', 'AS'),
      ('Austria', 'AT'), ('Australia', 'AU'), ('Aruba', 'AW'), ('Åland Islands', 'AX'), ('Azerbaijan', 'AZ'), ('Bosnia & Herzegovina', 'BA'),
      ('Bosnia and Herzegovina', 'BA'), ('Barbados', 'BB'), ('Bangladesh', 'BD'), ('Belgium', 'BE'), ('Burkina Faso', 'BF'), ('Bulgaria', 'BG'),
      ('Bahrain', 'BH'), ('Burundi', 'BI'), ('Benin', 'BJ'), ('St. Barthélemy', 'BL'), ('Bermuda', 'BM'), ('Brunei', 'BN'), ('Bolivia', 'BO'),
      ('Caribbean Netherlands', 'BQ'), ('Brazil', 'BR'), ('Bahamas', 'BS'), ('The Bahamas', 'BS'), ('Bhutan', 'BT'), ('Bouvet Island', 'BV'),
      ('Botswana', 'BW'), ('Belarus', 'BY'), ('Belize', 'BZ'), ('Canada', 'CA'), ('Cocos (Keeling) Islands', 'CC'), ('Congo - Kinshasa', 'CD'),
      ('Democratic Republic of the Congo', 'CD'), ('Central African Republic', 'CF'), ('Congo - Brazzaville', 'CG'), ('Republic of the Congo', 'CG'),
      ('Switzerland', 'CH'), ('Côte d''Ivoire', 'CI'), ('Côte d’Ivoire', 'CI'), ('Cook Islands', 'CK'), ('Chile', 'CL'), ('Cameroon', 'CM'), ('China', 'CN'),
      ('Colombia', 'CO'), ('Costa Rica', 'CR'), ('Cuba', 'CU'), ('Cabo Verde', 'CV'), ('Cape Verde', 'CV'), ('Curacao', 'CW'), ('Curaçao', 'CW'),
      ('Christmas Island', 'CX'), ('Cyprus', 'CY'), ('Czech Republic', 'CZ'), ('Czechia', 'CZ'), ('Germany', 'DE'), ('Djibouti', 'DJ'), ('Denmark', 'DK'),
      ('Dominica', 'DM'), ('Dominican Republic', 'DO'), ('Algeria', 'DZ'), ('Ecuador', 'EC'), ('Estonia', 'EE'), ('Egypt', 'EG'), ('Western Sahara', 'EH'),
      ('Eritrea', 'ER'), ('Spain', 'ES'), ('Ethiopia', 'ET'), ('Finland', 'FI'), ('Fiji', 'FJ'), ('Falkland Islands', 'FK'),
      ('Federated States of Micronesia', 'FM'), ('Micronesia', 'FM'), ('Faroe Islands', 'FO'), ('France', 'FR'), ('Gabon', 'GA'), ('United Kingdom', 'GB'),
      ('Grenada', 'GD'), ('Georgia', 'GE'), ('French Guiana', 'GF'), ('Guernsey', 'GG'), ('Ghana', 'GH'), ('Gibraltar', 'GI'), ('Greenland', 'GL'),
      ('Gambia', 'GM'), ('The Gambia', 'GM'), ('Guinea', 'GN'), ('Guadeloupe', 'GP'), ('Equatorial Guinea', 'GQ'), ('Greece', 'GR'),
      ('South Georgia & South Sandwich Islands', 'GS'), ('Guatemala', 'GT'), ('Guam', 'GU'), ('Guinea-Bissau', 'GW'), ('Guyana', 'GY'), ('Hong Kong', 'HK'),
      ('Hong Kong SAR China', 'HK'), ('Heard & McDonald Islands', 'HM'), ('Honduras', 'HN'), ('Croatia', 'HR'), ('Haiti', 'HT'), ('Hungary', 'HU'),
      ('Indonesia', 'ID'), ('Ireland', 'IE'), ('Israel', 'IL'), ('Isle of Man', 'IM'), ('India', 'IN'), ('British Indian Ocean Territory', 'IO'),
      ('Iraq', 'IQ'), ('Iran', 'IR'), ('Iceland', 'IS'), ('Italy', 'IT'), ('Jersey', 'JE'), ('Jamaica', 'JM'), ('Jordan', 'JO'), ('Japan', 'JP'),
      ('Kenya', 'KE'), ('Kyrgyzstan', 'KG'), ('Cambodia', 'KH'), ('Kiribati', 'KI'), ('Comoros', 'KM'), ('St. Kitts & Nevis', 'KN'), ('North Korea', 'KP'),
      ('Republic of Korea', 'KR'), ('South Korea', 'KR'), ('Kosovo', 'XK'), ('Falkland Islands (Islas Malvinas)', 'FK'), ('Kuwait', 'KW'), ('Cayman Islands', 'KY'), ('Kazakhstan', 'KZ'), ('Laos', 'LA'),
      ('Lebanon', 'LB'), ('Saint Lucia', 'LC'), ('St. Lucia', 'LC'), ('Liechtenstein', 'LI'), ('Sri Lanka', 'LK'), ('Liberia', 'LR'), ('Lesotho', 'LS'),
      ('Lithuania', 'LT'), ('Luxembourg', 'LU'), ('Latvia', 'LV'), ('Libya', 'LY'), ('Morocco', 'MA'), ('Monaco', 'MC'), ('Moldova', 'MD'),
      ('Montenegro', 'ME'), ('St. Martin', 'MF'), ('Madagascar', 'MG'), ('Marshall Islands', 'MH'), ('Macedonia (FYROM)', 'MK'), ('North Macedonia', 'MK'),
      ('Mali', 'ML'), ('Myanmar', 'MM'), ('Myanmar (Burma)', 'MM'), ('Mongolia', 'MN'), ('Macao', 'MO'), ('Macao SAR China', 'MO'), ('Macau', 'MO'),
      ('Northern Mariana Islands', 'MP'), ('Martinique', 'MQ'), ('Mauritania', 'MR'), ('Montserrat', 'MS'), ('Malta', 'MT'), ('Mauritius', 'MU'),
      ('Maldives', 'MV'), ('Malawi', 'MW'), ('Mexico', 'MX'), ('Malaysia', 'MY'), ('Mozambique', 'MZ'), ('Namibia', 'NA'), ('New Caledonia', 'NC'),
      ('Niger', 'NE'), ('Norfolk Island', 'NF'), ('Nigeria', 'NG'), ('Nicaragua', 'NI'), ('Netherlands', 'NL'), ('Norway', 'NO'), ('Nepal', 'NP'),
      ('Nauru', 'NR'), ('Niue', 'NU'), ('New Zealand', 'NZ'), ('Oman', 'OM'), ('Panama', 'PA'), ('Peru', 'PE'), ('French Polynesia', 'PF'),
      ('Papua New Guinea', 'PG'), ('Philippines', 'PH'), ('Pakistan', 'PK'), ('Poland', 'PL'), ('St. Pierre & Miquelon', 'PM'), ('Pitcairn Islands', 'PN'),
      ('Puerto Rico', 'PR'), ('Palestine', 'PS'), ('Palestinian Territories', 'PS'), ('Portugal', 'PT'), ('Palau', 'PW'), ('Paraguay', 'PY'),
      ('Qatar', 'QA'), ('Reunion', 'RE'), ('Réunion', 'RE'), ('Romania', 'RO'), ('Serbia', 'RS'), ('Russia', 'RU'), ('Russian Federation', 'RU'),
      ('Rwanda', 'RW'), ('Saudi Arabia', 'SA'), ('Solomon Islands', 'SB'), ('Seychelles', 'SC'), ('Sudan', 'SD'), ('Sweden', 'SE'), ('Singapore', 'SG'),
      ('St. Helena', 'SH'), ('Slovenia', 'SI'), ('Svalbard & Jan Mayen', 'SJ'), ('Slovakia', 'SK'), ('Sierra Leone', 'SL'), ('San Marino', 'SM'),
      ('Senegal', 'SN'), ('Somalia', 'SO'), ('Suriname', 'SR'), ('South Sudan', 'SS'), ('São Tomé & Príncipe', 'ST'), ('El Salvador', 'SV'),
      ('Sint Maarten', 'SX'), ('Syria', 'SY'), ('Eswatini', 'SZ'), ('Swaziland', 'SZ'), ('Turks & Caicos Islands', 'TC'), ('Chad', 'TD'),
      ('French Southern Territories', 'TF'), ('Togo', 'TG'), ('Thailand', 'TH'), ('Tajikistan', 'TJ'), ('Tokelau', 'TK'), ('Timor-Leste', 'TL'),
      ('Turkmenistan', 'TM'), ('Tunisia', 'TN'), ('Tonga', 'TO'), ('Turkey', 'TR'), ('Türkiye', 'TR'), ('Trinidad & Tobago', 'TT'),
      ('Trinidad and Tobago', 'TT'), ('Tuvalu', 'TV'), ('Taiwan', 'TW'), ('Tanzania', 'TZ'), ('Ukraine', 'UA'), ('Uganda', 'UG'),
      ('U.S. Outlying Islands', 'UM'), ('United States', 'US'), ('Uruguay', 'UY'), ('Uzbekistan', 'UZ'), ('Vatican City', 'VA'),
      ('St. Vincent & Grenadines', 'VC'), ('Venezuela', 'VE'), ('British Virgin Islands', 'VG'), ('U.S. Virgin Islands', 'VI'), ('Vietnam', 'VN'),
      ('Vanuatu', 'VU'), ('Wallis & Futuna', 'WF'), ('Samoa', 'WS'), ('Yemen', 'YE'), ('Mayotte', 'YT'), ('South Africa', 'ZA'), ('Zambia', 'ZM'),
      ('Zimbabwe', 'ZW')
  ) as c(country_name, country_code)
),

identified as (
  select
    *,
    case when bad_field is null then 'good' else 'bad' end as state,
    coalesce(property_id, '') || '|' || coalesce(stream_id, '') || '|' || coalesce(user_pseudo_key, '') || '|'
      || coalesce(cast(event_at as string), '') || '|' || coalesce(event_name, '') as about,
    coalesce(session_id, '') || '|' || coalesce(transaction_id, '') || '|' || coalesce(cast(revenue as string), '') || '|'
      || coalesce(page_location, '') || '|' || coalesce(items, '') || '|' || coalesce(properties, '') as content
  from src_ga4_export__event
  where report_date = run_date()
),

-- GA4 has no id of an event: what tells two apart is their place in the upload, and in older exports what they say
keyed as (
  select
    *,
    case when batch_event_index is null then 'derived' else 'sent' end as event_id_source,
    text_hash(about || '|' || case
      when batch_event_index is null then content
      else coalesce(batch_page_id, '') || '|' || coalesce(batch_ordering_id, '') || '|' || batch_event_index
    end) as event_id
  from identified
),

ranked as (
  select
    *,
    row_number() over (
      partition by state, event_id
      order by
        content, coalesce(user_id_key, ''), coalesce(user_id_kind, ''), coalesce(advertising_id_key, ''),
        coalesce(advertising_id_kind, ''), coalesce(vendor_id_key, ''), coalesce(platform, ''), coalesce(country, ''),
        coalesce(source, ''), coalesce(medium, ''), coalesce(campaign_id, ''), coalesce(campaign, ''),
        refund nulls last, coalesce(currency, ''), coalesce(traffic_type, ''), coalesce(cast(debug_mode as string), ''),
        raw_file, raw_line
    ) as copy_number
  from keyed
)

select
  r.report_date                                     as report_date,
  r.property_id                                     as property_id,
  r.stream_id                                       as stream_id,
  r.event_name                                      as event_name,
  r.event_at                                        as event_at,
  r.event_id                                        as event_id,
  r.event_id_source                                 as event_id_source,
  r.user_pseudo_key                                 as user_pseudo_key,
  r.user_id_key                                     as user_id_key,
  r.user_id_kind                                    as user_id_kind,
  r.advertising_id_key                              as advertising_id_key,
  r.advertising_id_kind                             as advertising_id_kind,
  case when advertising_id_kind = 'id' then advertising_id_key end as link_advertising_key,
  case when user_id_kind in ('id', 'email') then user_id_key end as link_user_key,
  r.vendor_id_key                                   as vendor_id_key,
  r.session_id                                      as session_id,
  lower(platform)                                   as platform,
  c.country_code                                    as country,
  r.country                                         as country_name,
  r.source                                          as source,
  r.medium                                          as medium,
  r.campaign_id                                     as campaign_id,
  r.campaign                                        as campaign,
  r.transaction_id                                  as order_id,
  r.revenue                                         as revenue,
  r.refund                                          as refund,
  r.currency                                        as currency,
  r.traffic_type                                    as traffic_type,
  r.debug_mode                                      as debug_mode,
  case
    when state = 'bad' then 'unreadable_value'
    when copy_number > 1 then 'duplicate'
  end                                               as removed_reason,
  case
    when state = 'bad' then bad_field || '=' || coalesce(bad_value, '')
    when copy_number > 1 then 'copy ' || cast(copy_number as string)
  end                                               as observed_value,
  raw_file || '#' || cast(raw_line as string)       as raw_ref
from ranked as r
left join countries as c -- of some it knows none
  on c.country_name = r.country
