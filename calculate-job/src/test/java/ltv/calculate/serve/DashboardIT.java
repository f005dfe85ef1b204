package ltv.calculate.serve;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import ltv.calculate.bi.BiFiles;
import ltv.calculate.bi.ChartQuery;
import ltv.calculate.bi.Place;
import ltv.config.SiteConfig;
import ltv.config.Sites;
import ltv.dataset.Dataset;
import ltv.dataset.DuckDbCases;
import ltv.dataset.Repository;
import ltv.engine.DuckDbSession;
import ltv.lake.Column;
import ltv.server.MariaDbServer;
import org.junit.jupiter.api.Test;

/** What the dashboard asks MariaDB for, as the reader's account. */
class DashboardIT extends OnMariaDb {
  private static final YAMLMapper YAML = new YAMLMapper();
  private static final int DAYS = 40;

  private static List<Dataset> marts() {
    return Repository.datasets().all().stream().filter(d -> d.schema().publish() != null).toList();
  }

  private Map<String, JsonNode> imported() throws IOException {
    SiteConfig config = Sites.serving(Sites.below(folder), server.marts());
    Place place = Place.of(config.marts(), "ltv_reader", null);
    Map<String, JsonNode> files = new TreeMap<>();
    try (DuckDbSession session = DuckDbCases.open();
        ZipInputStream in =
            new ZipInputStream(
                new ByteArrayInputStream(
                    BiFiles.of(config, marts(), session, place, "ko").get("superset.zip")))) {
      for (ZipEntry entry = in.getNextEntry(); entry != null; entry = in.getNextEntry()) {
        files.put(entry.getName(), YAML.readTree(in.readAllBytes()));
      }
    }
    return files;
  }

  /** Forty days of a hundred rows each, of no sense but the right types. */
  private static void fill(Connection writer, Dataset mart) throws SQLException {
    MartTable table = new MartTable(new CurrentMart(mart, null, null));
    table.migrate(writer);
    table.views(writer);
    String values =
        mart.schema().columns().stream().map(DashboardIT::value).collect(Collectors.joining(", "));
    try (Statement statement = writer.createStatement()) {
      statement.execute(
          "insert into %s select %s from seq_1_to_%d".formatted(mart.name(), values, DAYS * 100));
      statement.execute("analyze table " + mart.name());
    }
  }

  private static String value(Column column) {
    return switch (column.type().kind()) {
      case DATE -> "date_add('2026-10-01', interval seq % " + DAYS + " day)";
      case STRING -> "concat('" + column.name() + "', seq % 7)";
      case BOOLEAN -> "seq % 2";
      case TIMESTAMP -> "timestamp '2026-11-01 10:00:00'";
      default -> "seq % 11";
    };
  }

  @Test
  void every_chart_is_answered_and_those_of_the_newest_day_by_an_index()
      throws SQLException, IOException {
    site.publish();
    try (Connection writer = MariaDbServer.connect(server.marts())) {
      for (Dataset mart : marts()) {
        fill(writer, mart);
      }
    }
    Map<String, JsonNode> files = imported();
    Map<String, JsonNode> datasets = new TreeMap<>();
    files.forEach(
        (path, file) -> {
          if (path.contains("/datasets/")) {
            datasets.put(file.path("uuid").asText(), file);
          }
        });
    int byIndex = 0;
    for (Map.Entry<String, JsonNode> file : files.entrySet()) {
      if (file.getKey().contains("/charts/")) {
        JsonNode dataset = datasets.get(file.getValue().path("dataset_uuid").asText());
        String query = ChartQuery.of(file.getValue().path("params"), dataset);
        asked(query);
        if (dataset.path("sql").isTextual()) {
          List<String> keys = asked("explain " + query).stream().map(row -> row.get(5)).toList();
          assertTrue(String.valueOf(keys.get(0)).startsWith("ix_as_of_date"), query + keys);
          byIndex++;
        }
      }
    }
    assertTrue(byIndex >= 8);
  }

  @Test
  void the_state_of_marts_is_told_to_tools_as_the_table_has_it() throws SQLException, IOException {
    site.publish();
    List<String> columns = new ArrayList<>();
    imported()
        .get("ltv/datasets/ltv_marts/mart_status.yaml")
        .path("columns")
        .forEach(column -> columns.add(column.path("column_name").asText()));

    assertEquals(
        asked("show columns from mart_status").stream().map(row -> row.get(0)).toList(), columns);
  }

  private List<List<String>> asked(String query) throws SQLException {
    List<List<String>> found = new ArrayList<>();
    try (Connection reader = MariaDbServer.connect(server.reader());
        ResultSet rows = reader.createStatement().executeQuery(query)) {
      while (rows.next()) {
        List<String> row = new ArrayList<>();
        for (int i = 1; i <= rows.getMetaData().getColumnCount(); i++) {
          row.add(rows.getString(i));
        }
        found.add(row);
      }
    }
    return found;
  }
}
