package ltv.calculate.serve;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import ltv.calculate.serve.MartPublisher.Published;
import ltv.config.DatabaseSettings;
import ltv.config.SiteConfig;
import ltv.config.Sites;
import ltv.dataset.Opened;
import ltv.dataset.TestSite;
import ltv.engine.DuckDb;
import ltv.run.RunReport;
import ltv.server.MariaDbServer;

/** A site with two marts over the same sales, served from MariaDB. */
final class ServedSite implements AutoCloseable {
  private static final String SALE =
      """
      grain: one row per sale
      description: {en: "What was sold, 'as it is'.", ko: 판매 내역}
      partition: sold_on
      key: [sale_id]
      inputs: {stg_sale: {required: true}}
      columns:
        - {name: sold_on, type: date, description: {en: Day., ko: 일자}}
        - {name: sale_id, type: string}
        - {name: amount, type: "decimal(18,4)", description: {en: Price., ko: 금액}}
        - {name: is_sold, type: boolean}
        - {name: nothing, type: string}
        - {name: ratio, type: double}
        - {name: sold_at, type: timestamp}
      checks: [{fail: range, column: amount, min: 0}]
      publish: {slice: [sold_on], indexes: [[sold_on, sale_id]]}
      """;
  private static final String SALE_QUERY =
      """
      -- one row per sale
      select sold_on, sale_id, amount, true as is_sold, cast(null as varchar) as nothing,
        cast(0.1 as double) as ratio, timestamp '2026-11-01 10:00:00.123456' as sold_at
      from stg_sale where sold_on = run_date()""";
  private static final String TOTAL =
      """
      grain: one row per day
      description: {en: Everything so far., ko: 누계}
      partition: as_of
      as_of: true
      key: [as_of]
      inputs: {stg_sale: {required: true, lookback: all}}
      columns:
        - {name: as_of, type: date}
        - {name: amount, type: "decimal(18,4)"}
        - {name: n, type: long}
      checks: [{fail: unique, columns: [as_of]}]
      publish: {slice: [as_of]}
      """;
  private static final String TOTAL_QUERY =
      """
      -- one row per day
      select run_date() as as_of, cast(sum(amount) as decimal(18,4)) as amount, count(*) as n
      from stg_sale""";

  private final MariaDbServer server;
  private final SiteConfig config;
  private final TestSite site;

  ServedSite(Path folder, MariaDbServer server) {
    this(folder, server, yaml -> yaml, sql -> sql);
  }

  /** The same with another shape of mart_sale. */
  ServedSite(
      Path folder, MariaDbServer server, UnaryOperator<String> yaml, UnaryOperator<String> sql) {
    this.server = server;
    this.config = Sites.serving(Sites.below(folder, 7, TestSite.shop()), server.marts());
    Map<String, String> folders = new TreeMap<>(TestSite.FOLDERS);
    folders.put(
        "cleanse/stg_sale/schema.yml",
        folders.get("cleanse/stg_sale/schema.yml").replaceAll(".*range.*\n", ""));
    folders.put("calculate/mart_sale/schema.yml", yaml.apply(SALE));
    folders.put("calculate/mart_sale/query.sql", sql.apply(SALE_QUERY));
    folders.put(
        "calculate/mart_sale/views/sale_report.sql",
        "select '' as source_relation, sold_on as date_day, sum(amount) as spend\nfrom mart_sale\ngroup by sold_on\n");
    folders.put("calculate/mart_total/schema.yml", TOTAL);
    folders.put("calculate/mart_total/query.sql", TOTAL_QUERY);
    this.site = new TestSite(config, folders);
  }

  /** Sells on a day, and builds everything up to the marts; each sale is {@code id amount}. */
  void build(LocalDate day, String... sales) {
    site.sell(day, sales);
    rebuild(day);
  }

  void rebuild(LocalDate day) {
    site.build("stg_sale", day, day);
    for (String mart : List.of("mart_sale", "mart_total")) {
      site.build(mart, day, day.plusDays(mart.equals("mart_total") ? 1 : 0));
    }
  }

  Published publish() {
    return publish(config.marts());
  }

  /** Publishes over a wire that may break. */
  Published publishThrough(int port) {
    DatabaseSettings direct = config.marts();
    return publish(
        new DatabaseSettings(
            null,
            direct.url().replace(":" + server.port(), ":" + port),
            direct.user(),
            direct.password()));
  }

  private Published publish(DatabaseSettings marts) {
    Opened opened = site.opened("calculate");
    try (DuckDb engine = opened.duckDb()) {
      return new MartServer(marts, engine)
          .publish(() -> Marts.look(opened, new RunReport().outcomes()), opened.run().id());
    }
  }

  /** The first column of what the reader's account sees. */
  List<String> read(String query) throws SQLException {
    try (Connection connection = MariaDbServer.connect(server.reader());
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(query)) {
      List<String> found = new ArrayList<>();
      while (rows.next()) {
        found.add(rows.getString(1));
      }
      return found;
    }
  }

  @Override
  public void close() {
    site.close();
  }

  /** Forgets everything that was published. */
  static void empty(MariaDbServer server) {
    server.run(
        "drop schema ltv_mart;"
            + " create schema ltv_mart character set utf8mb4 collate utf8mb4_nopad_bin");
  }
}
