-- Functions that every engine defines for the queries of cleanse, process and calculate.
-- days from a to b, negative when b is earlier
create macro days_between(a, b) as cast(b - a as integer);
-- the date n days after d
create macro add_days(d, n) as cast(d + cast(n as integer) as date);
-- whole seconds from a to b, towards the past, negative when b is earlier
create macro seconds_between(a, b) as cast(floor((epoch_us(b) - epoch_us(a)) / 1000000) as bigint);
-- the day that a UTC instant falls on in a zone
create macro day_in(t, zone) as cast(timezone(zone, timezone('UTC', t)) as date);
-- the Monday of d's ISO week
create macro week_start(d) as cast(date_trunc('week', d) as date);
-- SHA-256 of the UTF-8 text as lower-case hex (null for null)
create macro text_hash(s) as sha256(s);
-- 0, 1 … n, one row each
create macro ages(n) as table select cast(age as integer) as age from (select unnest(generate_series(0, n)) as age);
-- a name's letters and digits only, small, so that spaces, marks and capitals do not tell two names apart (null for none)
create macro name_key(s) as nullif(regexp_replace(lower(s), '[^\p{L}\p{N}]+', '', 'g'), '');
-- whether an id is among those that are worked on now: of a dataset with in_parts_of some after others
create macro in_part(id) as true;
-- a text's digits, in their order
create macro digits_of(s) as regexp_replace(s, '[^0-9]+', '', 'g');
-- what the one group of the pattern holds where the text has it (null for nothing)
create macro text_part(s, pattern) as nullif(regexp_extract(s, pattern, 1), '');
