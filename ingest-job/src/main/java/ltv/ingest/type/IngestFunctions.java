package ltv.ingest.type;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;
import ltv.config.PersonalData;
import ltv.engine.DuckDbSession;

/**
 * Functions that only typing queries have: {@code text_or_null}, {@code whole} (a whole number,
 * where a cast would round 12.5 to 13), {@code instant}, {@code person_key}, {@code hash_key_id},
 * and what people write in sheets: {@code written_date} (days since 1899-12-30, or year, month and
 * day with dashes, slashes or points) and {@code written_number} (the number's text without group
 * commas and the signs of the won, a backslash among them; nothing for a dash), {@code
 * written_flag}.
 *
 * <p>{@code person_key} is HMAC-SHA256 (RFC 2104) written out over DuckDB's {@code sha256}, so that
 * bulk rows need no Java. The key is in the function's text only; it is never part of a message.
 */
public final class IngestFunctions {
  private static final int BLOCK = 64;

  private final Optional<PersonalData> personal;

  /** The functions of a site; without a key those that hide personal ids are not there. */
  public IngestFunctions(Optional<PersonalData> personal) {
    this.personal = personal;
  }

  /** Defines the functions in a session. */
  public void define(DuckDbSession session) {
    session.execute(
        """
        create macro text_or_null(x) as case when trim(x) not in ('', 'N/A', 'NULL', 'null') then trim(x) end;
        create macro whole(x) as case when regexp_full_match(trim(x), '[+-]?[0-9]+') then try_cast(trim(x) as bigint) end;
        create macro instant(x, zone) as cast(timezone('UTC', timezone(zone, try_cast(x as timestamp))) as timestamp);
        create macro written_date(x) as case
          when regexp_full_match(trim(x), '[0-9]{5}([.][0-9]+)?') then date '1899-12-30' + try_cast(trim(x)[1:5] as integer)
          when regexp_full_match(trim(x), '[0-9]{4}[-/.] ?[0-9]{1,2}[-/.] ?[0-9]{1,2}[.]?')
            then cast(try_strptime(regexp_replace(trim(rtrim(trim(x), '.')), '[-/.] ?', '-', 'g'), '%Y-%m-%d') as date) end;
        create macro written_number(x) as nullif(nullif(regexp_replace(trim(x), '^[₩￦\\\\]|원$|[, ]', '', 'g'), '-'), '');
        create macro written_flag(x) as case
          when lower(trim(x)) in ('true', 'y', 'yes', 'o', '1', '포함') then true
          when lower(trim(x)) in ('false', 'n', 'no', 'x', '0', '미포함', '별도') then false end""");
    personal.ifPresent(p -> define(session, p));
  }

  private static void define(DuckDbSession session, PersonalData personal) {
    byte[] key = block(personal.hashKey().reveal().getBytes(StandardCharsets.UTF_8));
    session.execute(
        """
        create macro person_text(x) as case when regexp_matches(lower(trim(x)), '^([0-]*|null|n/a|none|undefined)$') then null else lower(trim(x)) end;
        create macro person_key(x) as case when person_text(x) is not null
          then sha256(unhex('%s') || unhex(sha256(unhex('%s') || encode(person_text(x))))) end;
        create macro hash_key_id() as '%s'"""
            .formatted(pad(key, 0x5c), pad(key, 0x36), DuckDbSession.quoted(personal.hashKeyId())));
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
