package ltv.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import ltv.dataset.DuckDbCases;
import ltv.lake.Column;
import ltv.lake.ColumnType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ContentHashTest {
  private static final List<Column> COLUMNS =
      List.of(
          Column.of("a", "string"),
          Column.of("b", "string"),
          new Column("seen", ColumnType.parse("timestamp"), "", true, Map.of()));

  /** The two hashes of a table's rows. */
  enum Kind {
    OF_ANY_ENGINE,
    OF_MANY_ROWS;

    String of(DuckDbSession session) {
      return (this == OF_MANY_ROWS
              ? ContentHash.ofMany(session, "t", COLUMNS)
              : session.content("t", COLUMNS))
          .text();
    }
  }

  @ParameterizedTest
  @EnumSource
  void the_order_of_rows_and_where_they_came_from_do_not_matter(Kind kind) {
    assertEquals(
        hash(
            kind,
            List.of(row("x", "1", "2026-11-19 10:00:00"), row("y", "2", "2026-11-19 10:00:00"))),
        hash(
            kind,
            List.of(row("y", "2", "2026-11-20 10:00:00"), row("x", "1", "2026-11-20 11:00:00"))));
  }

  @ParameterizedTest
  @EnumSource
  void every_value_its_column_and_the_number_of_equal_rows_matter(Kind kind) {
    String one = hash(kind, List.of(row("x", "1", null)));

    assertNotEquals(one, hash(kind, List.of(row("x", "2", null))));
    assertNotEquals(one, hash(kind, List.of(row("1", "x", null))));
    assertNotEquals(one, hash(kind, List.of(row("x", "1", null), row("x", "1", null))));
    assertNotEquals(one, hash(kind, List.of()));
  }

  @ParameterizedTest
  @EnumSource
  void nothing_is_no_text_and_values_do_not_run_into_each_other(Kind kind) {
    assertNotEquals(
        hash(kind, List.of(row(null, "1", null))), hash(kind, List.of(row("", "1", null))));
    assertNotEquals(
        hash(kind, List.of(row(null, "1", null))), hash(kind, List.of(row("\\N", "1", null))));
    assertNotEquals(
        hash(kind, List.of(row(null, "1", null))), hash(kind, List.of(row("-", "1", null))));
    assertNotEquals(
        hash(kind, List.of(row("ab", "c", null))), hash(kind, List.of(row("a", "bc", null))));
  }

  /** When this fails after an upgrade of DuckDB, {@link ContentHash#ROW_HASH} needs a new name. */
  @Test
  void the_hash_of_many_rows_is_the_one_that_its_name_stands_for() {
    List<Column> columns =
        List.of(
            Column.of("id", "long"),
            Column.of("name", "string"),
            Column.of("amount", "decimal(18,4)"),
            Column.of("day", "date"),
            Column.of("seen", "timestamp"),
            Column.of("flag", "boolean"));
    try (DuckDbSession session = DuckDbCases.open()) {
      session.table(
          "t",
          columns,
          List.of(
              List.of("1", "가나", "12.5", "2026-11-19", "2026-11-19 01:02:03.000004", "true"),
              Arrays.asList("2", null, null, null, null, null)));

      assertEquals(
          "2-19153482099380893102-25871813966086198520",
          ContentHash.ofMany(session, "t", columns).text());
    }
  }

  private static String hash(Kind kind, List<List<String>> rows) {
    try (DuckDbSession session = DuckDbCases.open()) {
      session.table("t", COLUMNS, rows);
      return kind.of(session);
    }
  }

  private static List<String> row(String a, String b, String seen) {
    return Arrays.asList(a, b, seen);
  }
}
