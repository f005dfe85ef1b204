package ltv.engine;

import java.math.BigInteger;
import java.util.List;
import java.util.stream.Collectors;
import ltv.lake.Column;
import ltv.lake.ColumnType.Kind;

/**
 * A hash of a table's rows that depends neither on their order nor on files nor on the engine: per
 * row the MD5 of its values as text, its two halves (unsigned, last byte first) summed over all
 * rows, with the row count. Evidence columns are left out. Doubles enter as DuckDB prints them
 * (shortest text that reads back equal); a null and any text differ.
 *
 * @param rows how many
 * @param text the hash as the ledger keeps it
 */
public record ContentHash(long rows, String text) {

  /** What {@code hash} is of; enters the recipe of what {@link #ofMany} hashes. */
  public static final String ROW_HASH = "duckdb-2.0, once a row";

  private static final BigInteger LOW_BITS = BigInteger.TWO.pow(64).subtract(BigInteger.ONE);

  /** The hash of {@code table}'s rows. */
  public static ContentHash of(DuckDbSession session, String table, List<Column> columns) {
    String values =
        columns.stream()
            .filter(c -> !c.evidence())
            .map(ContentHash::text)
            .collect(Collectors.joining(", "));
    List<Object> row =
        session
            .rows(
                """
                select count(*), cast(coalesce(sum(cast(m >> 64 as ubigint)), 0) as varchar),
                  cast(coalesce(sum(cast(m & %d::uhugeint as ubigint)), 0) as varchar)
                from (select md5_number(concat_ws(chr(31), %s)) as m from %s)"""
                    .formatted(LOW_BITS, values, table))
            .get(0);
    return of((Long) row.get(0), row.get(1), row.get(2));
  }

  /**
   * A hash for tables with too many rows for the other: DuckDB's own of each row, which holds for
   * the version {@link #ROW_HASH}, summed over all rows.
   */
  public static ContentHash ofMany(DuckDbSession session, String table, List<Column> columns) {
    String values =
        columns.stream()
            .filter(c -> !c.evidence())
            .map(Column::name)
            .collect(Collectors.joining(", "));
    List<Object> row =
        session
            .rows(
                """
                select count(*), cast(coalesce(sum(h), 0) as varchar),
                  cast(coalesce(sum(hash(h, 'ltv')), 0) as varchar)
                from (select hash(%s) as h from %s)"""
                    .formatted(values, table))
            .get(0);
    return of((Long) row.get(0), row.get(1), row.get(2));
  }

  /** The hash from its parts: rows, and the sums of the last and of the first eight bytes. */
  public static ContentHash of(long rows, Object lower, Object upper) {
    return new ContentHash(rows, rows + "-" + lower + "-" + upper);
  }

  private static String text(Column column) {
    String value =
        column.type().kind() == Kind.TIMESTAMP ? "epoch_us(" + column.name() + ")" : column.name();
    return "coalesce('+' || cast(" + value + " as varchar), '-')";
  }
}
