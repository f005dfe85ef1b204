package ltv.spark;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import ltv.dataset.DuckDbCases;
import ltv.engine.ContentHash;
import ltv.engine.Session;
import ltv.lake.Column;
import org.junit.jupiter.api.Test;

/** The hash of any rows is DuckDB's, value by value. */
class SparkContentTest {
  private static final long SEED = 20261119;
  private static final int ROWS = 300;

  private static final List<String> DOUBLES =
      List.of(
          "0.0",
          "-0.0",
          "nan",
          "inf",
          "-inf",
          "1",
          "-1.5",
          "100",
          "1e15",
          "1e16",
          "1e-4",
          "1e-5",
          "123456789012345680",
          "2e23",
          "5e-324",
          "1.7976931348623157e308",
          "5.684341886080802e-14",
          "9007199254740993");

  @Test
  void of_doubles() {
    List<String> doubles = new ArrayList<>(DOUBLES);
    Random random = new Random(SEED);
    while (doubles.size() < ROWS) {
      double any = Double.longBitsToDouble(random.nextLong());
      doubles.add(Double.isFinite(any) ? "" + any : "" + random.nextGaussian());
    }
    same(List.of(Column.of("x", "double")), doubles.stream().map(List::of).toList());
  }

  @Test
  void of_every_other_type_and_nulls() {
    List<Column> columns =
        List.of(
            Column.of("b", "boolean"),
            Column.of("i", "int"),
            Column.of("l", "long"),
            Column.of("d", "decimal(18,4)"),
            Column.of("small", "decimal(4,4)"),
            Column.of("whole", "decimal(38,0)"),
            Column.of("s", "string"),
            Column.of("day", "date"),
            Column.of("t", "timestamp"));
    Random random = new Random(SEED);
    List<List<String>> rows = new ArrayList<>();
    for (int n = 0; n < ROWS; n++) {
      List<String> row =
          Arrays.asList(
              "" + random.nextBoolean(),
              "" + random.nextInt(),
              "" + random.nextLong(),
              BigDecimal.valueOf(random.nextLong() / 1000, 4).toPlainString(),
              BigDecimal.valueOf(random.nextInt(-9999, 9999), 4).toPlainString(),
              new BigDecimal(random.nextLong() + "" + random.nextInt(1000)).toPlainString(),
              List.of("", "-", "+", "한글😀", "a\u001fb", "ｱ'\\").get(n % 6),
              java.time.LocalDate.ofEpochDay(random.nextInt(-50_000, 50_000)).toString(),
              java.time.LocalDateTime.of(1969, 12, 31, 0, 0)
                  .plusNanos(random.nextLong(200_000_000_000_000L) / 1000 * 1000)
                  .toString()
                  .replace('T', ' '));
      row.set(n % row.size(), n % 4 == 0 ? null : row.get(n % row.size()));
      rows.add(row);
    }
    same(columns, rows);
    same(columns, List.of());
  }

  /** Of all rows at once; of halves where that differs, so that the failure names one row. */
  private static void same(List<Column> columns, List<List<String>> rows) {
    try (Session spark = LocalSpark.open();
        Session duckDb = DuckDbCases.open()) {
      spark.table("t", columns, rows);
      duckDb.table("t", columns, rows);
      ContentHash wanted = duckDb.content("t", columns);
      ContentHash hash = spark.content("t", columns);
      if (rows.size() > 1 && !wanted.equals(hash)) {
        same(columns, rows.subList(0, rows.size() / 2));
        same(columns, rows.subList(rows.size() / 2, rows.size()));
      }
      assertEquals(wanted, hash, rows::toString);
    }
  }
}
