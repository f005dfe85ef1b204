package ltv.ingest.type;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import ltv.config.PersonalData;
import ltv.dataset.DatasetSchema;
import ltv.engine.DuckDbSession;

/**
 * Functions that only typing queries have: {@code text_or_null}, {@code whole} (a whole number,
 * where a cast would round 12.5 to 13), {@code instant}, {@code person_key}, {@code hash_key_id},
 * and what people write in sheets: {@code written_date} (days since 1899-12-30, or year, month and
 * day with dashes, slashes or points) and {@code written_number} (the number's text without group
 * commas and the signs of the won, a backslash among them; nothing for a dash), {@code
 * written_flag}; and of persons: {@code id_kind} (id, device, email, short, constant, zero,
 * opted_out, missing), {@code email_class} (free, disposable, other, invalid), {@code phone_key}
 * and {@code network_key} (/24, of IPv6 /48), {@code person_keys} (of a JSON array), {@code
 * without_persons} (a text with e-mail addresses, Korean mobile numbers and UUIDs taken out),
 * {@code customer_text} (a shop's customer id as it is; hashed where it is an address or a number,
 * null where a site has no key for that).
 *
 * <p>{@code person_key} is HMAC-SHA256 (RFC 2104) written out over DuckDB's {@code sha256}, so that
 * bulk rows need no Java. The key is in the function's text only; it is never part of a message.
 */
public final class IngestFunctions {
  private static final int BLOCK = 64;

  /** In every dataset that has hashed ids. */
  private static final String KEY_COLUMN = "hash_key_id";

  /** What later rules need of a text that they may not see. */
  private static final String PERSONS =
      """
      create temp macro id_kind(x) as case
        when x is null or trim(x) = '' then 'missing'
        when trim(x) = '00000000-0000-0000-0000-000000000000' then 'opted_out'
        when regexp_full_match(trim(x), '[0-]+') then 'zero'
        when lower(trim(x)) in ('null', 'n/a', 'none', 'undefined', 'anonymous', 'unknown', 'void', 'test', 'abc123', '-1', '(not set)') then 'constant'
        when starts_with(x, '$device:') then 'device'
        when length(trim(x)) < 6 then 'short'
        when contains(x, '@') then 'email'
        else 'id' end;
      create temp macro email_class(x) as case
        when x is null or trim(x) = '' then null
        when not regexp_full_match(trim(x), '[^@\\s]+@[^@\\s]+[.][^@\\s.]+') then 'invalid'
        when lower(split_part(trim(x), '@', 2)) in ('gmail.com', 'naver.com', 'daum.net', 'hanmail.net', 'kakao.com', 'nate.com', 'yahoo.com', 'outlook.com', 'hotmail.com', 'icloud.com', 'me.com', 'live.com', 'proton.me', 'protonmail.com') then 'free'
        when lower(split_part(trim(x), '@', 2)) in ('mailinator.com', 'guerrillamail.com', '10minutemail.com', 'temp-mail.org', 'tempmail.com', 'yopmail.com', 'trashmail.com', 'sharklasers.com', 'getnada.com', 'dispostable.com', 'maildrop.cc', 'moakt.com') then 'disposable'
        else 'other' end;
      create temp macro phone_digits(x) as regexp_replace(x, '[^0-9+]', '', 'g');
      create temp macro phone_text(x) as case
        when length(phone_digits(x)) < 7 then null
        when starts_with(phone_digits(x), '+820') then '+82' || phone_digits(x)[5:]
        when starts_with(phone_digits(x), '+') then phone_digits(x)
        when starts_with(phone_digits(x), '00') then '+' || phone_digits(x)[3:]
        when starts_with(phone_digits(x), '0') then '+82' || phone_digits(x)[2:]
        when starts_with(phone_digits(x), '82') then '+' || phone_digits(x)
        else phone_digits(x) end;
      create temp macro network_text(x) as case
        when regexp_full_match(trim(x), '[0-9]{1,3}([.][0-9]{1,3}){3}') then regexp_replace(trim(x), '[.][0-9]+$', '.0/24')
        when contains(x, ':') then array_to_string(str_split(lower(trim(x)), ':')[1:3], ':') || '::/48' end;
      create temp macro without_emails(x) as case when contains(x, '@')
        then regexp_replace(x, '[A-Za-z0-9._%+-]+(@|%40)[A-Za-z0-9-]+([.][A-Za-z0-9-]+)+', '(e-mail)', 'g') else x end;
      create temp macro without_phones(x) as regexp_replace(x, '([+]82[- ]?|\\b82[- ]?|\\b0)10[- ]?[0-9]{3,4}[- ]?[0-9]{4}\\b', '(phone)', 'g');
      create temp macro without_uuids(x) as regexp_replace(x, '[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12}', '(uuid)', 'g');
      create temp macro without_persons(x) as without_uuids(without_phones(without_emails(x)));
      create temp macro names_person(x) as without_phones(without_emails(x)) <> x""";

  /** Parameters of GA4: names, each with one of four kinds of value. */
  private static final String GOOGLE =
      """
      create temp macro ga_params(x) as from_json(x, '[{"key":"VARCHAR","value":{"string_value":"VARCHAR","int_value":"VARCHAR","float_value":"VARCHAR","double_value":"VARCHAR"}}]');
      create temp macro ga_number(v) as coalesce(v.int_value, v.double_value, v.float_value);
      create temp macro ga_param(params, k) as list_transform(list_filter(params, lambda p: p.key = k), lambda p: coalesce(p.value.string_value, ga_number(p.value)))[1];
      create temp macro ga_rest(params, known) as '{' || coalesce(array_to_string(list_transform(
        list_filter(params, lambda p: not list_contains(known, p.key)),
        lambda p: cast(to_json(p.key) as varchar) || ':' || coalesce(cast(to_json(p.value.string_value) as varchar), ga_number(p.value), 'null')), ','), '') || '}'""";

  /** Of a site that hides nobody. */
  private static final String UNHIDDEN =
      """
      create temp macro customer_text(x) as case when not names_person(x) then x end;
      create temp macro hash_key_id() as cast(null as varchar)""";

  private final Optional<PersonalData> personal;

  /** The functions of a site; without a key those that hide personal ids are not there. */
  public IngestFunctions(Optional<PersonalData> personal) {
    this.personal = personal;
  }

  /**
   * The name of the key that a dataset's ids are hashed with; empty for one that hides nobody. Part
   * of its recipe: with another key the same pages give other rows.
   */
  public String keyOf(DatasetSchema schema) {
    boolean hides = schema.columns().stream().anyMatch(c -> c.name().equals(KEY_COLUMN));
    return hides ? personal.map(PersonalData::hashKeyId).orElse("") : "";
  }

  /** Defines the functions in a session. */
  public void define(DuckDbSession session) {
    session.execute(
        """
        create temp macro text_or_null(x) as case when trim(x) not in ('', 'N/A', 'NULL', 'null') then trim(x) end;
        create temp macro whole(x) as case when regexp_full_match(trim(x), '[+-]?[0-9]+') then try_cast(trim(x) as bigint) end;
        create temp macro instant(x, zone) as cast(timezone('UTC', timezone(zone, try_cast(x as timestamp))) as timestamp);
        create temp macro written_date(x) as case
          when regexp_full_match(trim(x), '[0-9]{5}([.][0-9]+)?') then date '1899-12-30' + try_cast(trim(x)[1:5] as integer)
          when regexp_full_match(trim(x), '[0-9]{4}[-/.] ?[0-9]{1,2}[-/.] ?[0-9]{1,2}[.]?')
            then cast(try_strptime(regexp_replace(trim(rtrim(trim(x), '.')), '[-/.] ?', '-', 'g'), '%Y-%m-%d') as date) end;
        create temp macro written_number(x) as nullif(nullif(regexp_replace(trim(x), '^[₩￦\\\\]|원$|[, ]', '', 'g'), '-'), '');
        create temp macro written_flag(x) as case
          when lower(trim(x)) in ('true', 'y', 'yes', 'o', '1', '포함') then true
          when lower(trim(x)) in ('false', 'n', 'no', 'x', '0', '미포함', '별도') then false end""");
    session.execute(PERSONS);
    session.execute(GOOGLE);
    personal.ifPresentOrElse(p -> define(session, p), () -> session.execute(UNHIDDEN));
  }

  private static void define(DuckDbSession session, PersonalData personal) {
    byte[] key = block(personal.hashKey().reveal().getBytes(StandardCharsets.UTF_8));
    session.execute(
        """
        create temp macro person_text(x) as case when regexp_matches(lower(trim(x)), '^([0-]*|null|n/a|none|undefined)$') then null else lower(trim(x)) end;
        create temp macro person_key(x) as case when person_text(x) is not null
          then sha256(unhex('%s') || unhex(sha256(unhex('%s') || encode(person_text(x))))) end;
        create temp macro person_keys(x) as case when x is not null
          then array_to_string(list_transform(from_json(x, '["VARCHAR"]'), lambda id: person_key(id)), ',') end;
        create temp macro phone_key(x) as person_key(phone_text(x));
        create temp macro network_key(x) as person_key(network_text(x));
        create temp macro customer_text(x) as case when contains(x, '@') then person_key(x) when names_person(x) then phone_key(x) else x end;
        create temp macro hash_key_id() as '%s'"""
            .formatted(pad(key, 0x5c), pad(key, 0x36), DuckDbSession.quoted(personal.hashKeyId())));
  }

  /** What tables hold instead of an id; of a session that the functions are defined in. */
  public List<String> keys(DuckDbSession session, String id) {
    return personal.isEmpty()
        ? List.of()
        : session
            .rows(
                "select distinct unnest([person_key('%1$s'), phone_key('%1$s')]) as key"
                    .formatted(DuckDbSession.quoted(id)))
            .stream()
            .map(row -> (String) row.get(0))
            .filter(Objects::nonNull)
            .toList();
  }

  private static byte[] block(byte[] key) {
    try {
      byte[] fits = key.length > BLOCK ? MessageDigest.getInstance("SHA-256").digest(key) : key;
      return Arrays.copyOf(fits, BLOCK);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every JDK has SHA-256", e);
    }
  }

  private static String pad(byte[] key, int with) {
    byte[] padded = new byte[BLOCK];
    for (int i = 0; i < BLOCK; i++) {
      padded[i] = (byte) (key[i] ^ with);
    }
    return HexFormat.of().formatHex(padded);
  }
}
