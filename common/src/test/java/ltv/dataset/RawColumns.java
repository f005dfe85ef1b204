package ltv.dataset;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import ltv.lake.Column;

/**
 * The columns of ingest's {@code raw} table: the source's own as text, and where each row is from.
 */
final class RawColumns {
  private RawColumns() {}

  static List<Column> of(Dataset dataset) {
    List<Column> columns = new ArrayList<>();
    for (JsonNode column : dataset.schema().raw().path("columns")) {
      columns.add(Column.of(column.path("name").asText(), "string"));
    }
    columns.addAll(
        List.of(
            Column.of("raw_account", "string"),
            Column.of("raw_time_zone", "string"),
            Column.of("raw_fetched_at", "timestamp"),
            Column.of("raw_ref", "string"),
            Column.of("raw_file", "string"),
            Column.of("raw_report", "string"),
            Column.of("raw_file_day", "date"),
            Column.of("raw_page", "long"),
            Column.of("raw_line", "long"),
            Column.of("raw_extra", "string"),
            Column.of("raw_error", "string")));
    return columns;
  }
}
