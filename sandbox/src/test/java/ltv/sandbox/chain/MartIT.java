package ltv.sandbox.chain;

import static ltv.sandbox.chain.FileSite.day;
import static ltv.sandbox.chain.FileSite.days;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardWatchEventKinds;
import java.nio.file.WatchEvent;
import java.nio.file.WatchKey;
import java.nio.file.WatchService;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import ltv.dataset.Repository;
import ltv.sandbox.chain.JobProcess.Ended;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The file of the marts as a BI tool meets it. */
class MartIT {
  private static final String DAYS = "select count(distinct report_date) from mart_campaign_daily";

  @TempDir private Path folder;
  private FileSite site;

  @BeforeEach
  void sell() {
    site = new FileSite(folder);
    site.sell(1, "o1,ann,100", "o2,bob,200");
    site.sell(2, "o3,ann,50");
  }

  private Connection open() throws SQLException {
    Properties readOnly = new Properties();
    readOnly.setProperty("duckdb.read_only", "true");
    return DriverManager.getConnection("jdbc:duckdb:" + site.marts(), readOnly);
  }

  private static List<List<String>> rows(Connection connection, String query) throws SQLException {
    List<List<String>> rows = new ArrayList<>();
    try (var statement = connection.createStatement();
        var result = statement.executeQuery(query)) {
      while (result.next()) {
        List<String> row = new ArrayList<>();
        for (int i = 1; i <= result.getMetaData().getColumnCount(); i++) {
          row.add(result.getString(i));
        }
        rows.add(row);
      }
    }
    return rows;
  }

  /** A reader that opens the file now, in a process of its own. */
  private String readsNow(String query) {
    Ended read =
        new JobProcess(folder, Map.of())
            .run("sandbox", "sql", site.marts().toString(), query)
            .with(0);
    return read.out().lines().skip(2).findFirst().orElse("").strip();
  }

  @Test
  void a_reader_keeps_its_rows_and_a_later_one_sees_the_new_ones_with_a_file_at_any_moment()
      throws Exception {
    site.chain(days(1, 1));
    try (Connection reader = open();
        WatchService watch = folder.getFileSystem().newWatchService()) {
      site.home().register(watch, StandardWatchEventKinds.ENTRY_DELETE);
      assertEquals("1", rows(reader, DAYS).get(0).get(0));

      site.chain(days(2, 2));

      assertEquals("1", rows(reader, DAYS).get(0).get(0));
      assertEquals("2", readsNow(DAYS));
      assertEquals(List.of(), deletions(watch), "files that vanished instead of being replaced");
    }
    try (var left = Files.list(site.home())) {
      assertEquals(List.of(), left.filter(f -> f.toString().endsWith(".new")).toList());
    }
  }

  private List<String> deletions(WatchService watch) {
    List<String> names = new ArrayList<>();
    for (WatchKey key = watch.poll(); key != null; key = watch.poll()) {
      key.pollEvents().stream()
          .map(WatchEvent::context)
          .map(String::valueOf)
          .filter(name -> name.equals(site.marts().getFileName().toString()))
          .forEach(names::add);
    }
    return names;
  }

  @Test
  void the_file_explains_its_tables_in_two_languages_and_says_what_they_were_built_from()
      throws SQLException {
    site.chain(days(1, 2));
    try (Connection reader = open()) {
      explained(reader);
      published(reader);
    }
  }

  private static void explained(Connection reader) throws SQLException {
    List<List<String>> comments =
        rows(
            reader,
            """
            select table_name, comment from duckdb_tables() where table_name not in ('mart_publication', 'mart_status')
            union all
            select table_name || '.' || column_name, comment from duckdb_columns()
              where table_name in (select table_name from duckdb_tables()) and table_name not in ('mart_publication', 'mart_status')""");

    assertTrue(comments.size() > 40, comments::toString);
    for (List<String> row : comments) {
      String comment = String.valueOf(row.get(1));
      assertTrue(comment.matches("(?s).*\\p{IsHangul}.* / .*[A-Za-z]{2}.*"), row::toString);
    }
  }

  private void published(Connection reader) throws SQLException {
    List<List<String>> publication =
        rows(reader, "select dataset, part, row_count, content_hash from mart_publication");
    for (List<String> row : publication) {
      String mart = row.get(0);
      String slice = Repository.datasets().get(mart).schema().partitionColumn().orElseThrow();
      String count =
          "select count(*) from %s where %s = date '%s'".formatted(mart, slice, row.get(1));

      assertEquals(row.get(2), rows(reader, count).get(0).get(0), row::toString);
      assertEquals(row.get(3), site.lake().contents().get(mart + "/" + row.get(1)), row::toString);
    }
    List<String> tables =
        rows(reader, "select table_name from duckdb_tables()").stream()
            .map(r -> r.get(0))
            .filter(name -> !List.of("mart_publication", "mart_status").contains(name))
            .sorted()
            .toList();
    assertEquals(tables, publication.stream().map(r -> r.get(0)).distinct().sorted().toList());
    assertEquals(2 * tables.size(), publication.size());
  }

  @Test
  void a_folder_with_a_query_and_a_schema_is_a_mart() throws IOException {
    Path mart = Files.createDirectories(folder.resolve("ours/mart_buyer_daily"));
    Files.writeString(
        mart.resolve("schema.yml"),
        """
        grain: one row per report_date and buyer
        description: {en: Money of a buyer on a day., ko: 일자별 구매자 매출.}
        partition: report_date
        key: [user_id]
        inputs:
          fct_order: {required: true}
        columns:
          - {name: report_date, type: date, description: {en: Day., ko: 일자.}}
          - {name: user_id, type: string, description: {en: Buyer., ko: 구매자.}}
          - {name: revenue, type: "decimal(18,4)", description: {en: Money., ko: 매출.}}
        checks:
          - {fail: unique, columns: [user_id]}
          - {fail: same_total, column: revenue, input: fct_order}
        publish: {slice: [report_date]}
        """);
    Files.writeString(
        mart.resolve("query.sql"),
        """
        -- one row per report_date and buyer
        select order_date as report_date, user_id as user_id, cast(sum(revenue) as decimal(18, 4)) as revenue
        from fct_order
        where order_date = run_date()
        group by order_date, user_id
        """);

    for (String job : List.of("ingest", "cleanse", "process")) {
      site.run(job, days(1, 1)).with(0);
    }
    site.run(
            "calculate",
            "--date",
            day(1).toString(),
            "--datasets",
            folder.resolve("ours").toString())
        .with(0);

    assertEquals(
        "100.0000", readsNow("select revenue from mart_buyer_daily where user_id = 'ann'"));
  }
}
