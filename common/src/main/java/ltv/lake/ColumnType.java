package ltv.lake;

import com.fasterxml.jackson.annotation.JsonCreator;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.iceberg.types.Type;
import org.apache.iceberg.types.Types;

/**
 * A column's type from the short list that DuckDB, Spark, Iceberg and MariaDB all have.
 *
 * <p>{@code timestamp} is an instant in UTC stored without a zone: the engines' zoned types differ
 * (reference: DuckDB TIMESTAMP, Spark TIMESTAMP_NTZ).
 */
public record ColumnType(Kind kind, int precision, int scale) {
  /** The kinds, each with its name in DuckDB. */
  public enum Kind {
    BOOLEAN("BOOLEAN"),
    INT("INTEGER"),
    LONG("BIGINT"),
    DOUBLE("DOUBLE"),
    DECIMAL("DECIMAL"),
    STRING("VARCHAR"),
    DATE("DATE"),
    TIMESTAMP("TIMESTAMP");

    private final String duckDb;

    Kind(String duckDb) {
      this.duckDb = duckDb;
    }
  }

  private static final Pattern DECIMAL = Pattern.compile("decimal\\((\\d+), ?(\\d+)\\)");
  private static final Map<Kind, Type> ICEBERG =
      Map.of(
          Kind.BOOLEAN, Types.BooleanType.get(),
          Kind.INT, Types.IntegerType.get(),
          Kind.LONG, Types.LongType.get(),
          Kind.DOUBLE, Types.DoubleType.get(),
          Kind.STRING, Types.StringType.get(),
          Kind.DATE, Types.DateType.get(),
          Kind.TIMESTAMP, Types.TimestampType.withoutZone());

  /** Reads a type as written in {@code schema.yml}. */
  @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
  public static ColumnType parse(String text) {
    Matcher decimal = DECIMAL.matcher(text);
    if (decimal.matches()) {
      return new ColumnType(
          Kind.DECIMAL, Integer.parseInt(decimal.group(1)), Integer.parseInt(decimal.group(2)));
    }
    try {
      Kind kind = Kind.valueOf(text.toUpperCase(Locale.ROOT));
      if (kind != Kind.DECIMAL) {
        return new ColumnType(kind, 0, 0);
      }
    } catch (IllegalArgumentException e) {
      // falls through to the message that lists what is known
    }
    throw new IllegalArgumentException(
        "'"
            + text
            + "' is not a type; known are boolean, int, long, double, decimal(p,s), string, date,"
            + " timestamp");
  }

  /** The type as DuckDB spells it, for casts and for comparing with {@code describe}. */
  public String duckDb() {
    return kind == Kind.DECIMAL ? "DECIMAL(" + precision + "," + scale + ")" : kind.duckDb;
  }

  /** The type of the Iceberg column. */
  public Type iceberg() {
    return kind == Kind.DECIMAL ? Types.DecimalType.of(precision, scale) : ICEBERG.get(kind);
  }

  /** The type as {@code schema.yml} spells it. */
  @Override
  public String toString() {
    return kind == Kind.DECIMAL
        ? "decimal(" + precision + "," + scale + ")"
        : kind.name().toLowerCase(Locale.ROOT);
  }
}
