package ltv.ingest.channel.crm;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import ltv.ingest.channel.RawSink;
import ltv.ingest.channel.Reach;
import ltv.ingest.channel.ReceivedPage;
import ltv.ingest.channel.RowLines;
import ltv.ingest.land.LandedPage;

/**
 * One reading of one table, as pages of JSON lines: rows as they are, and last a page that lists
 * the key and the time of change of every row that is there. A row is read when it is listed with
 * another time than before, later or earlier; one that is listed no more is gone.
 */
final class TableReading {
  /** Report of the pages with rows. */
  static final String ROWS = "rows";

  /** Report of the page that lists what is there. */
  static final String LIST = "list";

  /** Names in the list. */
  private static final String KEY = "listed_key";

  private static final String UPDATED_AT = "listed_updated_at";

  /** So many pages of changes, then the table is read whole again. */
  private static final int LONGEST_CHAIN = 30;

  private static final int ROWS_AT_A_TIME = 1000;
  private static final ObjectMapper JSON = new ObjectMapper();

  private final Connection connection;
  private final Path scratch;
  private final String table;
  private final String key;
  private final String updatedAt;

  TableReading(Connection connection, String stream, CrmConfig.Table table, Path scratch) {
    this.connection = connection;
    this.scratch = scratch;
    this.table = quoted(table.table());
    this.key = quoted(table.column(CrmConfig.KEYS.get(stream)));
    this.updatedAt = quoted(table.column(CrmConfig.UPDATED_AT));
  }

  private static String quoted(String name) {
    return "`" + name + "`";
  }

  /** Looks whether the table has what is needed. */
  void look() throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet none = statement.executeQuery(listing() + " limit 0")) {
      none.next();
    }
  }

  private String listing() {
    return "select %s as %s, %s as %s from %s".formatted(key, KEY, updatedAt, UPDATED_AT, table);
  }

  /** Reads into a sink: what has changed since the sink's newest earlier day, or everything. */
  void into(RawSink sink, Reach reach) throws SQLException {
    try (RowLines list = new RowLines(scratch)) {
      List<ReceivedPage> earlier = reach == Reach.WHOLE ? List.of() : sink.earlier();
      List<ReceivedPage> rows = of(ROWS, earlier);
      List<ReceivedPage> listed = of(LIST, earlier);
      if (listed.isEmpty() || rows.size() >= LONGEST_CHAIN) {
        list(list, Map.of());
        rows("select * from " + table, List.of(List.of()), sink);
      } else {
        List<String> changed = list(list, times(listed.get(0)));
        rows.forEach(sink::keep);
        if (!changed.isEmpty()) {
          rows("select * from %s where %s in ".formatted(table, key), portions(changed), sink);
        }
      }
      list.into(sink, Map.of(LandedPage.REPORT, LIST));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static List<ReceivedPage> of(String report, List<ReceivedPage> pages) {
    return pages.stream().filter(p -> report.equals(p.facts().get(LandedPage.REPORT))).toList();
  }

  private static Map<String, String> times(ReceivedPage list) throws IOException {
    Map<String, String> times = new HashMap<>();
    try (InputStream in = list.open();
        MappingIterator<Map<String, String>> rows =
            JSON.readerForMapOf(String.class).readValues(in)) {
      while (rows.hasNext()) {
        Map<String, String> row = rows.next();
        times.put(row.get(KEY), row.get(UPDATED_AT));
      }
    }
    return times;
  }

  /** Lists what is there; returns the keys of rows that were not there, or not as they are. */
  private List<String> list(RowLines list, Map<String, String> before)
      throws SQLException, IOException {
    List<String> changed = new ArrayList<>();
    try (Statement statement = streaming();
        ResultSet rows = statement.executeQuery(listing() + " order by " + key)) {
      while (rows.next()) {
        String id = rows.getString(1);
        String time = rows.getString(2);
        list.add(row(rows));
        if (!before.containsKey(id) || !Objects.equals(before.get(id), time)) {
          changed.add(id);
        }
      }
    }
    return changed;
  }

  private static List<List<String>> portions(List<String> keys) {
    List<List<String>> portions = new ArrayList<>();
    for (int at = 0; at < keys.size(); at += ROWS_AT_A_TIME) {
      portions.add(keys.subList(at, Math.min(keys.size(), at + ROWS_AT_A_TIME)));
    }
    return portions;
  }

  /** A page with the rows of a query, asked once with each portion of keys. */
  private void rows(String query, List<List<String>> portions, RawSink sink)
      throws SQLException, IOException {
    try (RowLines lines = new RowLines(scratch)) {
      for (List<String> keys : portions) {
        String places = String.join(", ", Collections.nCopies(keys.size(), "?"));
        String asked = keys.isEmpty() ? query : query + "(" + places + ")";
        try (PreparedStatement statement = connection.prepareStatement(asked)) {
          statement.setFetchSize(ROWS_AT_A_TIME);
          for (int i = 0; i < keys.size(); i++) {
            statement.setString(i + 1, keys.get(i));
          }
          add(statement.executeQuery(), lines);
        }
      }
      lines.into(sink, Map.of(LandedPage.REPORT, ROWS));
    }
  }

  private static void add(ResultSet found, RowLines lines) throws SQLException, IOException {
    try (ResultSet rows = found) {
      while (rows.next()) {
        lines.add(row(rows));
      }
    }
  }

  /** Each value the database's text of it. */
  private static JsonNode row(ResultSet at) throws SQLException {
    ObjectNode row = JSON.createObjectNode();
    for (int i = 1; i <= at.getMetaData().getColumnCount(); i++) {
      row.put(at.getMetaData().getColumnLabel(i), at.getString(i));
    }
    return row;
  }

  /** The driver holds a result whole unless it is told how many rows to hold. */
  private Statement streaming() throws SQLException {
    Statement statement = connection.createStatement();
    statement.setFetchSize(ROWS_AT_A_TIME);
    return statement;
  }
}
