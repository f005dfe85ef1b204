package ltv.lake;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import ltv.dataset.DuckDbCases;
import ltv.engine.DuckDbSession;
import ltv.engine.ParquetFile;
import org.apache.iceberg.Metrics;
import org.apache.iceberg.Schema;
import org.apache.iceberg.types.Comparators;
import org.apache.iceberg.types.Conversions;
import org.apache.iceberg.types.Type;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** A bound that leaves a row outside would make filters lose it: bounds must contain every row. */
class FileStatisticsTest {
  private static final long SEED = Long.getLong("ltv.seed", 20261124L);
  private static final List<Column> COLUMNS =
      List.of(
          Column.of("i", "int"),
          Column.of("l", "long"),
          Column.of("d", "double"),
          Column.of("m", "decimal(18,4)"),
          Column.of("s", "string"),
          Column.of("day", "date"),
          Column.of("moment", "timestamp"),
          Column.of("b", "boolean"));
  private static final Schema SCHEMA =
      new TableSpec("test", "t", COLUMNS, Optional.empty()).schema();

  @TestFactory
  Stream<DynamicTest> bounds_contain_every_row() {
    return IntStream.range(0, 40)
        .mapToObj(
            i ->
                DynamicTest.dynamicTest("seed " + (SEED + i), () -> contain(new Random(SEED + i))));
  }

  private static void contain(Random random) {
    List<List<String>> rows = new ArrayList<>();
    for (int n = random.nextInt(1, 6); n > 0; n--) {
      rows.add(row(random));
    }
    Metrics metrics = metrics(rows);

    assertEquals((long) rows.size(), metrics.recordCount());
    for (int c = 0; c < COLUMNS.size() - 1; c++) {
      int id = c + 1;
      Type.PrimitiveType type = SCHEMA.findType(id).asPrimitiveType();
      for (List<String> row : rows) {
        within(type, value(COLUMNS.get(c), row.get(c)), metrics, id);
      }
    }
    assertNull(metrics.lowerBounds().get(COLUMNS.size()), "booleans have no usable bound");
  }

  private static void within(Type.PrimitiveType type, Object value, Metrics metrics, int id) {
    if (value == null || value.equals(Double.NaN)) {
      return;
    }
    Comparator<Object> order = Comparators.forType(type);
    ByteBuffer lower = metrics.lowerBounds().get(id);
    ByteBuffer upper = metrics.upperBounds().get(id);
    if (lower != null) {
      Object bound = Conversions.fromByteBuffer(type, lower);
      assertTrue(order.compare(bound, value) <= 0, () -> bound + " > " + value + " in " + type);
    }
    if (upper != null) {
      Object bound = Conversions.fromByteBuffer(type, upper);
      assertTrue(order.compare(bound, value) >= 0, () -> bound + " < " + value + " in " + type);
    }
  }

  @Test
  void ordinary_values_do_get_bounds_and_texts_do_not() {
    Metrics metrics =
        metrics(
            List.of(
                List.of(
                    "1", "2", "0.5", "1.2500", "가", "2026-11-19", "2026-11-19 10:00:00", "true")));

    for (int id = 1; id < COLUMNS.size(); id++) {
      boolean text = COLUMNS.get(id - 1).name().equals("s");
      assertEquals(text, metrics.lowerBounds().get(id) == null, COLUMNS.get(id - 1).name());
      assertEquals(text, metrics.upperBounds().get(id) == null, COLUMNS.get(id - 1).name());
    }
  }

  private static Metrics metrics(List<List<String>> rows) {
    try (DuckDbSession session = DuckDbCases.open()) {
      session.table("t", COLUMNS, rows);
      WrittenRows.OnScratch file = ParquetFile.write(session, "t", SCHEMA, List.of());
      assertTrue(file.file().toFile().length() > 0);
      return file.statistics().metrics(SCHEMA);
    }
  }

  private static List<String> row(Random random) {
    List<String> row = new ArrayList<>();
    row.add("" + random.nextInt());
    row.add("" + random.nextLong());
    row.add(random.nextInt(8) == 0 ? "nan" : "" + random.nextGaussian() * 1e9);
    row.add(java.math.BigDecimal.valueOf(random.nextLong() / 1000, 4).toPlainString());
    row.add(text(random));
    row.add(java.time.LocalDate.ofEpochDay(random.nextInt(-50_000, 50_000)).toString());
    row.add(
        java.time.LocalDateTime.of(2026, 1, 1, 0, 0)
            .plusNanos(random.nextLong(1_000_000_000L) * 1000)
            .toString()
            .replace('T', ' '));
    row.add("" + random.nextBoolean());
    row.replaceAll(v -> random.nextInt(6) == 0 ? null : v);
    return row;
  }

  private static String text(Random random) {
    StringBuilder text = new StringBuilder();
    for (int n = random.nextInt(40); n > 0; n--) {
      text.appendCodePoint("aZ 가힣😀ｱä".codePoints().toArray()[random.nextInt(8)]);
    }
    return text.toString();
  }

  private static Object value(Column column, String text) {
    if (text == null) {
      return null;
    }
    return switch (column.type().kind()) {
      case INT -> Integer.valueOf(text);
      case LONG -> Long.valueOf(text);
      case DOUBLE -> text.equals("nan") ? Double.valueOf(Double.NaN) : Double.valueOf(text);
      case DECIMAL -> new java.math.BigDecimal(text).setScale(4);
      case STRING -> text;
      case DATE -> (int) java.time.LocalDate.parse(text).toEpochDay();
      case TIMESTAMP ->
          java.time.temporal.ChronoUnit.MICROS.between(
              java.time.LocalDateTime.of(1970, 1, 1, 0, 0),
              java.time.LocalDateTime.parse(text.replace(' ', 'T')));
      default -> null;
    };
  }
}
