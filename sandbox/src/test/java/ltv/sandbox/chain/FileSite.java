package ltv.sandbox.chain;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.stream.Stream;
import ltv.config.DatabaseSettings;
import ltv.config.SiteConfig;
import ltv.dataset.Repository;
import ltv.sandbox.chain.JobProcess.Ended;
import ltv.sandbox.chain.JobProcess.Running;
import ltv.server.MariaDbServer;

/** A site whose orders come from a drop folder, one CSV a day: the test decides every row. */
final class FileSite {
  static final LocalDate D1 = LocalDate.of(2026, 11, 1);

  private static final String HEADER = "order,customer,day,amount\n";
  private static final String SITE =
      """
      site: shop
      timezone: Asia/Seoul
      reporting_currency: KRW
      home: %1$s/home
      lookback_days: 2
      engine: {threads: 1, memory_limit: 500MB}
      channels:
        file:
          drop_folder: %1$s/drop
          streams:
            orders:
              files: "orders-{date}.csv*"
              format: csv
              lookback_days: 2
              columns:
                - {name: order_id, from: order}
                - {name: customer_id, from: customer}
                - {name: order_date, from: day}
                - {name: amount}
                - {name: currency, value: KRW}
      %2$s
      """;

  private final Path folder;
  private final JobProcess jobs;

  FileSite(Path folder) {
    this(folder, "");
  }

  /** A site whose files and databases lie elsewhere: these settings, each a line, say where. */
  FileSite(Path folder, String places) {
    this.folder = folder;
    this.jobs = new JobProcess(folder, Map.of());
    try {
      Files.createDirectories(folder.resolve("drop"));
      Files.writeString(config(), SITE.formatted(folder, places));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  Path config() {
    return folder.resolve("site.yaml");
  }

  Path home() {
    return folder.resolve("home");
  }

  Path drop() {
    return folder.resolve("drop");
  }

  Path marts() {
    return home().resolve("ltv_mart.duckdb");
  }

  SiteConfig settings() {
    return SiteConfig.read(config(), Map.of());
  }

  LakeView lake() {
    return new LakeView(settings());
  }

  /** Day {@code n} of the site, from 1. */
  static LocalDate day(int n) {
    return D1.plusDays(n - 1);
  }

  /** Drops the file of a day; each order is {@code order,customer,amount}. */
  void sell(int n, String... orders) {
    StringBuilder csv = new StringBuilder(HEADER);
    for (String order : orders) {
      String[] f = order.split(",");
      csv.append("%s,%s,%s,%s\n".formatted(f[0], f[1], day(n), f[2]));
    }
    write(n, csv.toString());
  }

  /** Drops the file of a day as it is. */
  void write(int n, String text) {
    try {
      Files.writeString(drop().resolve("orders-" + day(n) + ".csv"), text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The first value of a query over the marts, as a reader sees it now. */
  String read(String query) {
    DatabaseSettings marts = settings().marts();
    Properties readOnly = new Properties();
    readOnly.setProperty("duckdb.read_only", "true");
    try (Connection connection =
            marts.isServer()
                ? MariaDbServer.connect(marts)
                : DriverManager.getConnection("jdbc:duckdb:" + marts.file(), readOnly);
        Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(query)) {
      row.next();
      return String.valueOf(row.getString(1)).strip();
    } catch (SQLException e) {
      throw new IllegalStateException(query, e);
    }
  }

  /** The flags of a range of days. */
  static String[] days(int from, int to) {
    return new String[] {"--from", day(from).toString(), "--to", day(to).toString()};
  }

  Ended run(String job, String... flags) {
    return start(job, List.of(), flags).end();
  }

  Running start(String job, List<String> jvm, String... flags) {
    // the command, if there is one, stands before the flags
    boolean command = flags.length > 0 && !flags[0].startsWith("-");
    Stream<String> config = Stream.of("--config", config().toString());
    String[] all =
        command
            ? Stream.of(Stream.of(flags), config).flatMap(s -> s).toArray(String[]::new)
            : Stream.of(config, Stream.of(flags)).flatMap(s -> s).toArray(String[]::new);
    return jobs.start(job, jvm, all);
  }

  /** The four jobs one after the other, each ending well. */
  void chain(String... flags) {
    Repository.JOBS.forEach(job -> run(job, flags).with(0));
  }
}
