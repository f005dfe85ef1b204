package ltv.calculate.explain;

import java.util.List;
import java.util.Optional;
import ltv.dataset.DatasetWords;
import ltv.lake.Column;
import ltv.lake.ColumnType.Kind;
import ltv.lake.LakeTable;
import ltv.lake.Pin;

/**
 * A dataset as its table tells of it.
 *
 * @param pin the moment at which it is looked at
 * @param words empty for a table that was written before tables said anything
 */
record Known(String name, LakeTable table, Pin pin, Optional<DatasetWords> words) {
  private static final String REASON = "removed_reason";
  private static final String RAW_REF = "raw_ref";

  List<Column> columns() {
    return table.spec().columns();
  }

  List<String> names() {
    return columns().stream().map(Column::name).toList();
  }

  boolean has(String column) {
    return names().contains(column);
  }

  Optional<Column> column(String name) {
    return columns().stream().filter(c -> c.name().equals(name)).findFirst();
  }

  boolean isNumber(String name) {
    return column(name)
        .map(c -> c.type().kind())
        .filter(k -> List.of(Kind.INT, Kind.LONG, Kind.DOUBLE, Kind.DECIMAL).contains(k))
        .isPresent();
  }

  boolean isDouble(String name) {
    return column(name).filter(c -> c.type().kind() == Kind.DOUBLE).isPresent();
  }

  Optional<String> partition() {
    return table.spec().partitionColumn();
  }

  String job() {
    return table.spec().namespace();
  }

  /** Whether it keeps rows that do not count, with the reason. */
  boolean keepsRemoved() {
    return has(REASON);
  }

  /** Whether each row names a landing line. */
  boolean namesLines() {
    return !line().isEmpty();
  }

  /** The expression that names a row's landing line; empty where rows name none. */
  String line() {
    return has(RAW_REF)
        ? RAW_REF
        : has("raw_file") && has("raw_line") ? "raw_file || '#' || cast(raw_line as varchar)" : "";
  }

  boolean isSource() {
    return name.startsWith("src_");
  }

  /** The partition column and the key, as far as it has them; all columns where it says no key. */
  List<String> identity() {
    List<String> key = words.map(DatasetWords::key).orElse(List.of());
    List<String> own =
        java.util.stream.Stream.concat(partition().stream(), key.stream()).distinct().toList();
    return key.isEmpty() ? names() : own;
  }

  /** What a column holds, in words; the column's name where nothing is said. */
  String meaning(String column) {
    return words.map(w -> w.columns().get(column)).map(DatasetWords.Meaning::words).orElse("");
  }

  String unit(String column) {
    return words.map(w -> w.columns().get(column)).map(DatasetWords.Meaning::unit).orElse("");
  }
}
