package ltv.engine;

import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import ltv.lake.Column;
import ltv.lake.ColumnType;
import ltv.lake.PinnedFile;
import org.apache.iceberg.Schema;
import org.apache.iceberg.types.Type;
import org.apache.iceberg.types.Types.DecimalType;
import org.apache.iceberg.types.Types.NestedField;

/** Shows local Parquet files of a table to a session. */
final class ParquetInput {
  private ParquetInput() {}

  /**
   * Defines {@code name} over the files. In files from before a change of the table, columns are
   * matched by field id, so that one that came or was renamed reads right; of such files DuckDB
   * does not know how many rows they have and may build its largest hash table of them, so the
   * others are read by name.
   *
   * @param schema of the pinned snapshot
   * @param columns the columns that queries may see; one that the snapshot lacks reads as null
   */
  static void define(
      DuckDbSession session,
      String name,
      Schema schema,
      List<Column> columns,
      List<PinnedFile> files,
      Session.Reading reading) {
    // of one kind whether there are files or not: a table does not replace a view
    String kind = reading == Session.Reading.VIEW ? "view" : "table";
    if (files.isEmpty()) {
      String nothing =
          columns.stream()
              .map(c -> "cast(null as %s) as %s".formatted(c.type().duckDb(), c.name()))
              .collect(Collectors.joining(", "));
      session.execute(
          "create or replace temp %s %s as select %s where false".formatted(kind, name, nothing));
      return;
    }
    String select = columns.stream().map(c -> select(c, schema)).collect(Collectors.joining(", "));
    String byId =
        "schema = map {%s}"
            .formatted(
                schema.columns().stream()
                    .map(ParquetInput::field)
                    .collect(Collectors.joining(", ")));
    session.execute(
        "create or replace temp %s %s as %s"
            .formatted(
                kind,
                name,
                Stream.of(
                        part(select, files, false, byId),
                        part(select, files, true, "hive_partitioning = false"))
                    .flatMap(Optional::stream)
                    .collect(Collectors.joining(" union all "))));
  }

  /** The largest file first: DuckDB takes the others to be like it. */
  private static Optional<String> part(
      String select, List<PinnedFile> files, boolean asPinned, String how) {
    String paths =
        files.stream()
            .filter(f -> f.asPinned() == asPinned)
            .sorted(Comparator.comparing(PinnedFile::rows).reversed())
            .map(f -> "'" + DuckDbSession.quoted(f.path()) + "'")
            .collect(Collectors.joining(", "));
    return paths.isEmpty()
        ? Optional.empty()
        : Optional.of("select %s from read_parquet([%s], %s)".formatted(select, paths, how));
  }

  private static String select(Column column, Schema schema) {
    return schema.findField(column.name()) == null
        ? "cast(null as " + column.type().duckDb() + ") as " + column.name()
        : column.name();
  }

  /** The field without a value. */
  static String none(NestedField field) {
    return "cast(null as %s) as %s".formatted(type(field.type()), field.name());
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
