package ltv.lake;

import java.util.Map;
import java.util.Objects;

/**
 * One column of a table.
 *
 * @param name snake case
 * @param type from the short list
 * @param unit what a number counts, or empty
 * @param evidence whether the value says where the row came from (a path, a fetch time) rather than
 *     what it means; evidence is left out of the content hash, so that reading the same bytes again
 *     is no change
 * @param description by language, {@code en} and for marts {@code ko}
 */
public record Column(
    String name, ColumnType type, String unit, boolean evidence, Map<String, String> description) {
  public Column {
    Objects.requireNonNull(name, "column name");
    if (type == null) {
      throw new IllegalArgumentException("column " + name + " has no type");
    }
    unit = unit == null ? "" : unit;
    description = description == null ? Map.of() : Map.copyOf(description);
  }

  /** A column without further words, as tests and derived tables need it. */
  public static Column of(String name, String type) {
    return new Column(name, ColumnType.parse(type), "", false, Map.of());
  }
}
