package ltv.engine;

import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import ltv.lake.Column;
import ltv.lake.ColumnType;
import org.apache.iceberg.Schema;
import org.apache.iceberg.types.Type;
import org.apache.iceberg.types.Types.DecimalType;
import org.apache.iceberg.types.Types.NestedField;

/** Shows local Parquet files of a table to a session. */
final class ParquetInput {
  private ParquetInput() {}

  /**
   * Defines {@code name} over the files. Columns are matched by field id, so a file written before
   * a column came or was renamed reads right.
   *
   * @param schema of the pinned snapshot
   * @param columns the columns that queries may see; one that the snapshot lacks reads as null
   */
  static void define(
      DuckDbSession session,
      String name,
      Schema schema,
      List<Column> columns,
      List<String> files,
      Session.Reading reading) {
    if (files.isEmpty()) {
      session.table(name, columns, List.of());
      return;
    }
    String kind = reading == Session.Reading.VIEW ? "view" : "table";
    session.execute(
        "create or replace temp %s %s as select %s from read_parquet([%s], schema = map {%s})"
            .formatted(
                kind,
                name,
                columns.stream().map(c -> select(c, schema)).collect(Collectors.joining(", ")),
                files.stream()
                    .map(f -> "'" + DuckDbSession.quoted(f) + "'")
                    .collect(Collectors.joining(", ")),
                schema.columns().stream()
                    .map(ParquetInput::field)
                    .collect(Collectors.joining(", "))));
  }

  private static String select(Column column, Schema schema) {
    return schema.findField(column.name()) == null
        ? "cast(null as " + column.type().duckDb() + ") as " + column.name()
        : column.name();
  }

  private static String field(NestedField field) {
    return field.fieldId()
        + ": {name: '"
        + field.name()
        + "', type: '"
        + type(field.type())
        + "', default_value: null}";
  }

  private static String type(Type type) {
    if (type instanceof DecimalType decimal) {
      return "DECIMAL(" + decimal.precision() + "," + decimal.scale() + ")";
    }
    return ColumnType.parse(type.typeId().name().toLowerCase(Locale.ROOT).replace("integer", "int"))
        .duckDb();
  }
}
