package ltv.engine;

import java.nio.file.Path;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import ltv.lake.FileStatistics;
import ltv.lake.WrittenRows;
import org.apache.iceberg.Schema;

/** Writes a table of a session to scratch as one Parquet file whose columns carry Iceberg's ids. */
public final class ParquetFile {
  private ParquetFile() {}

  /**
   * Writes {@code table} in the order of {@code sortedBy}, so that equal rows give equal files. A
   * column that only earlier versions of the dataset had is null.
   *
   * @param schema the table's own schema: {@code createTable} has renumbered its ids
   */
  public static WrittenRows.OnScratch write(
      DuckDbSession session, String table, Schema schema, List<String> sortedBy) {
    Path path = session.scratchFile(".parquet");
    Set<String> told = session.columns(table);
    String columns =
        schema.columns().stream()
            .map(f -> told.contains(f.name()) ? f.name() : ParquetInput.none(f))
            .collect(Collectors.joining(", "));
    String ids =
        schema.columns().stream()
            .map(f -> '"' + f.name() + "\": " + f.fieldId())
            .collect(Collectors.joining(", "));
    String order = sortedBy.isEmpty() ? "" : " order by " + String.join(", ", sortedBy);
    String copy =
        "copy (select %s from %s%s) to '%s' (format parquet, compression zstd, field_ids {%s}, return_stats)"
            .formatted(columns, table, order, DuckDbSession.quoted(path.toString()), ids);
    try (Statement statement = session.connection().createStatement();
        ResultSet written = statement.executeQuery(copy)) {
      written.next();
      return new WrittenRows.OnScratch(
          path,
          new FileStatistics(
              written.getLong("count"), statistics(written.getObject("column_statistics"))));
    } catch (SQLException e) {
      throw DuckDbSession.failed(copy, e);
    }
  }

  private static Map<String, Map<String, String>> statistics(Object columnStatistics) {
    Map<String, Map<String, String>> byName = new HashMap<>();
    if (columnStatistics instanceof Map<?, ?> columns) {
      columns.forEach(
          (name, values) -> {
            Map<String, String> said = new HashMap<>();
            ((Map<?, ?>) values).forEach((k, v) -> said.put(k.toString(), String.valueOf(v)));
            byName.put(name.toString().replace("\"", ""), said);
          });
    }
    return byName;
  }
}
