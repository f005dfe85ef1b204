package ltv.lake;

import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.Map;
import org.apache.iceberg.Metrics;
import org.apache.iceberg.Schema;
import org.apache.iceberg.types.Conversions;
import org.apache.iceberg.types.Type;
import org.apache.iceberg.types.Types.NestedField;

/**
 * What DuckDB says of a Parquet file it wrote, turned into Iceberg's metrics. A missing bound makes
 * a reader slow, a wrong one loses rows: a bound that is not exact is left out. So are those of
 * texts: manifests keep them when the file is long gone, and they may be somebody's id.
 *
 * @param rows rows in the file
 * @param columns by column name, DuckDB's {@code column_statistics}
 */
public record FileStatistics(long rows, Map<String, Map<String, String>> columns) {
  Metrics metrics(Schema schema) {
    Map<Integer, Long> sizes = new HashMap<>();
    Map<Integer, Long> values = new HashMap<>();
    Map<Integer, Long> nulls = new HashMap<>();
    Map<Integer, Long> nans = new HashMap<>();
    Map<Integer, ByteBuffer> lower = new HashMap<>();
    Map<Integer, ByteBuffer> upper = new HashMap<>();
    for (NestedField field : schema.columns()) {
      Map<String, String> said = columns.getOrDefault(field.name(), Map.of());
      number(said, "column_size_bytes", sizes, field);
      number(said, "num_values", values, field);
      number(said, "null_count", nulls, field);
      number(said, "nan_count", nans, field);
      bound(said, "min", lower, field);
      bound(said, "max", upper, field);
    }
    return new Metrics(rows, sizes, values, nulls, nans, lower, upper);
  }

  private static void number(
      Map<String, String> said, String key, Map<Integer, Long> into, NestedField field) {
    String value = said.get(key);
    if (value != null) {
      into.put(field.fieldId(), Long.valueOf(value));
    }
  }

  private static void bound(
      Map<String, String> said, String key, Map<Integer, ByteBuffer> into, NestedField field) {
    String text = said.get(key);
    if (text == null || !"true".equals(said.getOrDefault(key + "_is_exact", "true"))) {
      return;
    }
    Object value = value(field.type(), text);
    if (value != null) {
      into.put(field.fieldId(), Conversions.toByteBuffer(field.type(), value));
    }
  }

  /** Null where there is to be no bound; booleans DuckDB gives as 0 and 1. */
  private static Object value(Type type, String text) {
    return switch (type.typeId()) {
      case INTEGER -> Integer.valueOf(text);
      case LONG -> Long.valueOf(text);
      case DOUBLE -> {
        double number = Double.parseDouble(text);
        yield Double.isNaN(number) ? null : number;
      }
      case DECIMAL ->
          new BigDecimal(text)
              .setScale(((org.apache.iceberg.types.Types.DecimalType) type).scale());
      case DATE -> (int) LocalDate.parse(text).toEpochDay();
      case TIMESTAMP ->
          ChronoUnit.MICROS.between(
              LocalDateTime.of(1970, 1, 1, 0, 0), LocalDateTime.parse(text.replace(' ', 'T')));
      default -> null;
    };
  }
}
