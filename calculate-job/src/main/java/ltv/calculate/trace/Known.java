package ltv.calculate.trace;

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
public record Known(String name, LakeTable table, Pin pin, Optional<DatasetWords> words) {
  private static final String REASON = "removed_reason";
  private static final String RAW_REF = "raw_ref";

  /** As the table has them. */
  public List<Column> columns() {
    return table.spec().columns();
  }

  /** Names of the columns. */
  public List<String> names() {
    return columns().stream().map(Column::name).toList();
  }

  /** Whether there is a column. */
  public boolean has(String column) {
    return names().contains(column);
  }

  /** A column by name. */
  public Optional<Column> column(String name) {
    return columns().stream().filter(c -> c.name().equals(name)).findFirst();
  }

  /** Whether there is such a column and it holds numbers. */
  public boolean isNumber(String name) {
    return column(name)
        .map(c -> c.type().kind())
        .filter(k -> List.of(Kind.INT, Kind.LONG, Kind.DOUBLE, Kind.DECIMAL).contains(k))
        .isPresent();
  }

  /** Whether there is such a column and its numbers are not exact. */
  public boolean isDouble(String name) {
    return column(name).filter(c -> c.type().kind() == Kind.DOUBLE).isPresent();
  }

  /** The date column by whose day it is built; empty for a dataset that is built whole. */
  public Optional<String> partition() {
    return table.spec().partitionColumn();
  }

  /** The job that writes it. */
  public String job() {
    return table.spec().namespace();
  }

  /** Whether it keeps rows that do not count, with the reason. */
  public boolean keepsRemoved() {
    return has(REASON);
  }

  /** Whether each row names a landing line. */
  public boolean namesLines() {
    return !line().isEmpty();
  }

  /** The expression that names a row's landing line; empty where rows name none. */
  public String line() {
    return has(RAW_REF)
        ? RAW_REF
        : has("raw_file") && has("raw_line") ? "raw_file || '#' || cast(raw_line as varchar)" : "";
  }

  /** The partition column and the key, as far as it has them; all columns where it says no key. */
  public List<String> identity() {
    List<String> key = words.map(DatasetWords::key).orElse(List.of());
    List<String> own =
        java.util.stream.Stream.concat(partition().stream(), key.stream()).distinct().toList();
    return key.isEmpty() ? names() : own;
  }

  /** What a column holds, in words; empty where nothing is said. */
  public String meaning(String column) {
    return words.map(w -> w.columns().get(column)).map(DatasetWords.Meaning::words).orElse("");
  }

  /** What a column counts, or empty. */
  public String unit(String column) {
    return words.map(w -> w.columns().get(column)).map(DatasetWords.Meaning::unit).orElse("");
  }
}
