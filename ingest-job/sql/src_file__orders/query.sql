-- one row per order line of the dropped files that belongs to the day
with dated as (
  select
    *,
    try_cast(order_date as date) as order_day
  from raw
),

placed as (
  select
    *,
    -- no line may vanish: all lines of a day's file count on its day, and a line whose day cannot be read on the first
    -- readable one of its file
    coalesce(raw_file_day, order_day, min(order_day) over (partition by raw_file), run_date()) as line_day,
    case
      when raw_error is not null then '(row)'
      when order_day is null or order_day <> raw_file_day then 'order_date'
      when customer_text(customer_id) is null then 'customer_id'
      when amount is null or try_cast(amount as decimal(18, 4)) is null then 'amount'
      when currency is null then 'currency'
      when quantity is not null and whole(quantity) is null then 'quantity'
    end as bad_field
  from dated
)

select
  line_day                                                  as report_date,
  order_id                                                  as order_id,
  customer_text(customer_id)                                as customer_id,
  hash_key_id()                                             as hash_key_id,
  whole(quantity)                                           as quantity,
  try_cast(amount as decimal(18, 4))                        as amount,
  currency                                                  as currency,
  raw_file                                                  as source_file,
  raw_line                                                  as source_line,
  bad_field                                                 as bad_field,
  case bad_field
    when '(row)' then without_persons(raw_error)
    when 'order_date' then coalesce(without_persons(order_date), 'missing')
    when 'customer_id' then coalesce(without_persons(customer_id), 'missing')
    when 'amount' then coalesce(without_persons(amount), 'missing')
    when 'currency' then 'missing'
    when 'quantity' then without_persons(quantity)
  end                                                       as bad_value,
  raw_fetched_at                                            as fetched_at,
  raw_ref                                                   as raw_ref
from placed
where line_day = run_date()
