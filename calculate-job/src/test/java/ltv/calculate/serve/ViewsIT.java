package ltv.calculate.serve;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.file.Files;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import ltv.dataset.Dataset;
import ltv.dataset.DuckDbCases;
import ltv.dataset.Repository;
import ltv.engine.DuckDbSession;
import ltv.lake.Column;
import ltv.server.MariaDbServer;
import org.junit.jupiter.api.Test;

/** The views over the marts as their readers meet them: in MariaDB and in a file of DuckDB. */
class ViewsIT extends OnMariaDb {
  private static final String METRICS = " clicks impressions spend conversions conversions_value";
  private static final String CAMPAIGN =
      "source_relation date_day platform account_id account_name campaign_id campaign_name";
  private static final String AD_GROUP = CAMPAIGN + " ad_group_id ad_group_name";

  /** What dbt_ad_reporting's models have, in their order. */
  private static final Map<String, String> COLUMNS =
      Map.of(
          "ad_reporting__account_report",
          "source_relation date_day platform account_id account_name" + METRICS,
          "ad_reporting__campaign_report",
          CAMPAIGN + METRICS,
          "ad_reporting__ad_group_report",
          AD_GROUP + METRICS,
          "ad_reporting__ad_report",
          AD_GROUP + " ad_id ad_name" + METRICS,
          "ad_reporting__keyword_report",
          AD_GROUP + " keyword_id keyword_text keyword_match_type" + METRICS,
          "ad_reporting__search_report",
          AD_GROUP + " keyword_id keyword_text search_query search_match_type" + METRICS,
          "ad_reporting__url_report",
          AD_GROUP
              + " base_url url_host url_path utm_source utm_medium utm_campaign utm_content utm_term"
              + METRICS);

  /** What a row must name to be in the report of its level. */
  private static final Map<String, String> LEVELS =
      Map.of(
          "ad_reporting__account_report", "account_id",
          "ad_reporting__campaign_report", "campaign_id",
          "ad_reporting__ad_group_report", "ad_group_id",
          "ad_reporting__ad_report", "ad_id",
          "ad_reporting__keyword_report", "keyword_id",
          "ad_reporting__search_report", "search_query",
          "ad_reporting__url_report", "base_url");

  /** By name; the others are texts. */
  private static final Map<String, String> TYPES =
      Map.of(
          "date_day", "date",
          "clicks", "bigint(\\(\\d+\\))?",
          "impressions", "bigint(\\(\\d+\\))?",
          "spend", "decimal\\(18,4\\)",
          "conversions", "decimal\\(18,6\\)",
          "conversions_value", "decimal\\(18,4\\)");

  private static Stream<Dataset> viewed() {
    return Repository.datasets().all().stream().filter(dataset -> !dataset.views().isEmpty());
  }

  @Test
  void both_servers_answer_the_same_and_reports_have_the_columns_that_bi_users_know()
      throws SQLException {
    site.publish(); // makes what views are remembered in
    Map<String, String> found = new TreeMap<>();
    try (Connection writer = MariaDbServer.connect(server.marts());
        DuckDbSession session = DuckDbCases.open()) {
      for (Dataset dataset : viewed().toList()) {
        fill(dataset, writer, session);
        for (Map.Entry<String, String> view : dataset.views().entrySet()) {
          session.view(view.getKey(), view.getValue());
          found.put(view.getKey(), columns(view.getKey()));
          assertEquals(
              text(session.rows("select * from " + view.getKey())),
              text(rows("select * from " + view.getKey())),
              view.getKey());
        }
      }
    }
    found.remove("campaign_ratio_daily");
    assertEquals(new TreeMap<>(COLUMNS), found);
  }

  @Test
  void each_report_adds_up_to_its_mart_in_all_five_numbers() throws SQLException {
    site.publish();
    String sums =
        Stream.of(METRICS.strip().split(" "))
            .map("sum(%s)"::formatted)
            .collect(Collectors.joining(", "));
    try (Connection writer = MariaDbServer.connect(server.marts());
        DuckDbSession session = DuckDbCases.open()) {
      for (Dataset dataset : viewed().toList()) {
        fill(dataset, writer, session);
        for (String view : dataset.views().keySet()) {
          if (LEVELS.containsKey(view)) {
            String of =
                "select report_date, platform, %s from %s where %s is not null group by 1, 2 order by 1, 2"
                    .formatted(sums, dataset.name(), LEVELS.get(view));
            String told =
                "select date_day, platform, %s from %s group by 1, 2 order by 1, 2"
                    .formatted(sums, view);

            assertEquals(text(rows(of)), text(rows(told)), view);
            assertTrue(rows(told).size() > 1, view);
          }
        }
      }
    }
  }

  @Test
  void reports_have_the_types_that_bi_users_know_in_both_servers() throws SQLException {
    site.publish();
    try (Connection writer = MariaDbServer.connect(server.marts());
        DuckDbSession session = DuckDbCases.open()) {
      for (Dataset dataset : viewed().toList()) {
        fill(dataset, writer, session);
        for (Map.Entry<String, String> view : dataset.views().entrySet()) {
          session.view(view.getKey(), view.getValue());
          if (LEVELS.containsKey(view.getKey())) {
            assertTypes(
                session.rows(
                    "select column_name, column_type from (describe " + view.getKey() + ")"));
            assertTypes(
                rows(
                    "select column_name, column_type from information_schema.columns where table_name = '%s'"
                        .formatted(view.getKey())));
          }
        }
      }
    }
  }

  private static void assertTypes(List<List<Object>> columns) {
    assertTrue(columns.size() >= 10, columns.toString());
    for (List<Object> column : columns) {
      String name = column.get(0).toString();
      String type = column.get(1).toString().toLowerCase(Locale.ROOT);
      assertTrue(type.matches(TYPES.getOrDefault(name, "varchar(\\(\\d+\\))?|text")), name + type);
    }
  }

  @Test
  void a_row_of_a_report_is_one_day_and_what_its_level_names() throws SQLException {
    site.publish();
    try (Connection writer = MariaDbServer.connect(server.marts());
        DuckDbSession session = DuckDbCases.open()) {
      for (Dataset dataset : viewed().toList()) {
        fill(dataset, writer, session);
        for (String view : dataset.views().keySet()) {
          if (COLUMNS.containsKey(view)) {
            String grain =
                COLUMNS
                    .get(view)
                    .replace(METRICS, "")
                    .replaceAll(" \\w+_(name|text)", "")
                    .replace(" ", ", ");
            assertEquals(
                List.of(),
                rows(
                    "select %1$s from %2$s group by %1$s having count(*) > 1"
                        .formatted(grain, view)),
                view);
          }
        }
      }
    }
  }

  @Test
  void the_writer_may_replace_each_of_our_views_and_drop_nothing_else() throws IOException {
    String accounts = Files.readString(Repository.root().resolve("docker/accounts.sql"));
    List<String> ours =
        viewed().flatMap(dataset -> dataset.views().keySet().stream()).sorted().toList();

    assertEquals(
        ours,
        Pattern.compile(
                "(?m)^grant create, create view, drop on ltv_mart\\.(\\w+) to ltv_writer@'%';$")
            .matcher(accounts)
            .results()
            .map(grant -> grant.group(1))
            .sorted()
            .toList());
    assertEquals(ours.size(), accounts.split("drop on", -1).length - 1);
  }

  @Test
  void a_ratio_whose_denominator_is_nothing_is_empty() throws SQLException {
    site.publish();
    Dataset dataset = Repository.datasets().get("mart_campaign_segment_daily");
    try (Connection writer = MariaDbServer.connect(server.marts());
        DuckDbSession session = DuckDbCases.open()) {
      fill(dataset, writer, session);
      writer.createStatement().execute("update mart_campaign_segment_daily set clicks = 0");
    }

    assertEquals(
        List.of("1"),
        text(
            rows(
                "select distinct cost_per_click is null and clickthrough_rate = 0 from campaign_ratio_daily")));
  }

  /** Some rows of two days and platforms, of which some name nothing below the campaign. */
  private static void fill(Dataset dataset, Connection writer, DuckDbSession session)
      throws SQLException {
    MartTable table = new MartTable(new CurrentMart(dataset, null, null));
    table.migrate(writer);
    table.views(writer);
    List<Column> columns = dataset.schema().columns();
    List<List<String>> rows = new ArrayList<>();
    for (int i = 0; i < 12; i++) {
      List<String> row = new ArrayList<>();
      for (Column column : columns) {
        row.add(value(column, i));
      }
      rows.add(row);
    }
    session.table(dataset.name(), columns, rows);
    try (Statement statement = writer.createStatement()) {
      statement.execute("delete from " + dataset.name());
      for (List<String> row : rows) {
        statement.execute(
            "insert into %s values (%s)"
                .formatted(
                    dataset.name(),
                    row.stream()
                        .map(v -> v == null ? "null" : v.matches("true|false") ? v : "'" + v + "'")
                        .collect(Collectors.joining(", "))));
      }
    }
  }

  private static String value(Column column, int i) {
    String name = column.name();
    boolean below =
        name.matches("(ad|ad_group|keyword)_(id|name|text|match_type)|search_.*|.*url.*|utm_.*");
    if (below && i % 3 == 0) {
      return null;
    }
    Map<String, String> kinds = new HashMap<>();
    kinds.put("date", "2026-11-1" + i % 2);
    kinds.put("string", name + i / 2 % 2);
    kinds.put("boolean", "true");
    kinds.put("long", "" + (i * i + 1));
    return kinds.getOrDefault(
        column.type().kind().name().toLowerCase(Locale.ROOT), "%d.5".formatted(i + 1));
  }

  private String columns(String view) throws SQLException {
    try (Connection reader = MariaDbServer.connect(server.reader());
        ResultSet rows = reader.createStatement().executeQuery("select * from " + view)) {
      List<String> columns = new ArrayList<>();
      for (int i = 1; i <= rows.getMetaData().getColumnCount(); i++) {
        columns.add(rows.getMetaData().getColumnLabel(i));
      }
      return String.join(" ", columns);
    }
  }

  private List<List<Object>> rows(String query) throws SQLException {
    List<List<Object>> found = new ArrayList<>();
    try (Connection reader = MariaDbServer.connect(server.reader());
        ResultSet rows = reader.createStatement().executeQuery(query)) {
      while (rows.next()) {
        List<Object> row = new ArrayList<>();
        for (int i = 1; i <= rows.getMetaData().getColumnCount(); i++) {
          row.add(rows.getObject(i));
        }
        found.add(row);
      }
    }
    return found;
  }

  /** Numbers of both servers alike, to the sixth digit. */
  private static List<String> text(List<List<Object>> rows) {
    return rows.stream()
        .map(
            row ->
                row.stream()
                    .map(v -> v instanceof Number n ? number(n) : String.valueOf(v))
                    .collect(Collectors.joining(" ")))
        .sorted()
        .toList();
  }

  private static String number(Number number) {
    BigDecimal exact = new BigDecimal(number.toString()).setScale(6, RoundingMode.HALF_UP);
    return exact.stripTrailingZeros().toPlainString();
  }
}
