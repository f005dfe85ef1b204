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

class ContentHashTest {
  private static final List<Column> COLUMNS =
      List.of(
          Column.of("a", "string"),
          Column.of("b", "string"),
          new Column("seen", ColumnType.parse("timestamp"), "", true, Map.of()));

  @Test
  void the_order_of_rows_and_where_they_came_from_do_not_matter() {
    assertEquals(
        hash(List.of(row("x", "1", "2026-11-19 10:00:00"), row("y", "2", "2026-11-19 10:00:00"))),
        hash(List.of(row("y", "2", "2026-11-20 10:00:00"), row("x", "1", "2026-11-20 11:00:00"))));
  }

  @Test
  void every_value_its_column_and_the_number_of_equal_rows_matter() {
    String one = hash(List.of(row("x", "1", null)));

    assertNotEquals(one, hash(List.of(row("x", "2", null))));
    assertNotEquals(one, hash(List.of(row("1", "x", null))));
    assertNotEquals(one, hash(List.of(row("x", "1", null), row("x", "1", null))));
    assertNotEquals(one, hash(List.of()));
  }

  @Test
  void nothing_is_no_text_and_values_do_not_run_into_each_other() {
    assertNotEquals(hash(List.of(row(null, "1", null))), hash(List.of(row("", "1", null))));
    assertNotEquals(hash(List.of(row(null, "1", null))), hash(List.of(row("\\N", "1", null))));
    assertNotEquals(hash(List.of(row(null, "1", null))), hash(List.of(row("-", "1", null))));
    assertNotEquals(hash(List.of(row("ab", "c", null))), hash(List.of(row("a", "bc", null))));
  }

  private static String hash(List<List<String>> rows) {
    try (DuckDbSession session = DuckDbCases.open()) {
      session.table("t", COLUMNS, rows);
      return session.content("t", COLUMNS).text();
    }
  }

  private static List<String> row(String a, String b, String seen) {
    return Arrays.asList(a, b, seen);
  }
}
