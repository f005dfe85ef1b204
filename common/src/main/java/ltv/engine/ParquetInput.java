package ltv.engine;

import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import ltv.lake.Column;
import ltv.lake.ColumnType;
import ltv.lake.LakeTable;
import ltv.lake.Pin;
import org.apache.iceberg.Schema;
import org.apache.iceberg.types.Type;
import org.apache.iceberg.types.Types.DecimalType;
import org.apache.iceberg.types.Types.NestedField;

/** Shows the files of a pinned table to a session. */
public final class ParquetInput {
  private ParquetInput() {}

  /** How the rows reach the queries. */
  public enum Reading {
    /** Each query reads the files: right for one query. */
    VIEW,
    /** The files are read once into the session: right for many queries over the same rows. */
    COPY
  }

  /** Defines {@code name} as a view of everything that a pinned table holds. */
  public static void define(
      DuckDbSession session, String name, LakeTable table, Pin pin, List<Column> columns) {
    define(session, name, table, pin, columns, null, null);
  }

  /** The same of some days, both inclusive, null for no bound; other days may be seen too. */
  public static void define(
      DuckDbSession session,
      String name,
      LakeTable table,
      Pin pin,
      List<Column> columns,
      LocalDate from,
      LocalDate to) {
    List<String> files = table.files(pin, from, to);
    define(session, name, table.schema(pin), columns, files, Reading.VIEW);
  }

  /**
   * Defines {@code name} over local files. Columns are matched by field id, so a file written
   * before a column came or was renamed reads right.
   *
   * @param schema of the pinned snapshot
   * @param columns the columns that queries may see; one that the snapshot lacks reads as null
   */
  public static void define(
      DuckDbSession session,
      String name,
      Schema schema,
      List<Column> columns,
      List<String> files,
      Reading reading) {
    if (files.isEmpty()) {
      session.emptyTable(name, columns);
      return;
    }
    String kind = reading == Reading.VIEW ? "view" : "table";
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
