-- The functions of functions-duckdb.sql, for Spark. One statement per blank-line-separated block.
create or replace temporary function days_between(a date, b date) returns int return datediff(b, a)

create or replace temporary function add_days(d date, n int) returns date return date_add(d, n)

create or replace temporary function seconds_between(a timestamp_ntz, b timestamp_ntz) returns bigint return cast(floor(timestampdiff(MICROSECOND, a, b) / 1000000) as bigint)

create or replace temporary function day_in(t timestamp_ntz, zone string) returns date return cast(convert_timezone('UTC', zone, t) as date)

create or replace temporary function week_start(d date) returns date return cast(date_trunc('week', d) as date)

create or replace temporary function text_hash(s string) returns string return sha2(s, 256)

create or replace temporary function ages(n int) returns table(age int) return select explode(sequence(0, n)) as age

create or replace temporary function name_key(s string) returns string return nullif(regexp_replace(lower(s), '[^\\p{L}\\p{N}]+', ''), '')

create or replace temporary function digits_of(s string) returns string return regexp_replace(s, '[^0-9]+', '')

create or replace temporary function text_part(s string, pattern string) returns string return nullif(regexp_extract(s, pattern, 1), '')

create or replace temporary function in_part(id string) returns boolean return true
