import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import ltv.calculate.report.DataStatus;
import ltv.calculate.report.evidence.Facts;
import ltv.calculate.report.Report;
import ltv.calculate.report.file.ReportFiles;
import ltv.calculate.report.type.ReportType;
import ltv.calculate.report.words.Text;
import ltv.calculate.report.Week;
import ltv.config.EngineSettings;
import ltv.config.LtvSettings;
import ltv.config.PathSettings;
import ltv.config.UserSettings;
import ltv.dataset.Dataset;
import ltv.dataset.DatasetInput;
import ltv.dataset.Datasets;
import ltv.engine.DuckDb;
import ltv.engine.DuckDbSession;
import ltv.lake.Column;

/**
 * What the datasets of what users do cost on a day, by the queries and classes of calculate over facts that are made up. Run by bench/users.
 *
 * <pre>
 * generate FOLDER EVENTS PEOPLE DAYS   facts as Parquet: people come over all days, half of what they do is in their first week
 * build FOLDER DAYS                    every dataset of calculate that stands on them, day by day, and the last day by itself
 * report FOLDER                        the weekly reports whose marts are there, as pages, workbooks and CSV
 * </pre>
 */
public final class Users {
  private static final LocalDate LAST = LocalDate.of(2026, 11, 19);

  /** What advertising costs and what it is worth has benches of its own. */
  private static final List<String> OTHERS = List.of("ltv_", "mart_ltv", "mart_roas", "mart_backtest", "mart_ad_", "mart_campaign", "mart_channel", "mart_keyword", "mart_search");

  public static void main(String... args) throws Exception {
    switch (args[0]) {
      case "generate" -> generate(Path.of(args[1]), Long.parseLong(args[2]), Integer.parseInt(args[3]), Integer.parseInt(args[4]));
      case "build" -> build(Path.of(args[1]), Integer.parseInt(args[2]));
      case "report" -> report(Path.of(args[1]));
      default -> throw new IllegalArgumentException(args[0]);
    }
  }

  private static void generate(Path folder, long events, int people, int days) throws Exception {
    LocalDate first = LAST.minusDays(days - 1);
    try (DuckDb engine = new DuckDb(new EngineSettings(2, "2GB"), folder.resolve("scratch")); DuckDbSession session = engine.open()) {
      session.execute(
          """
          create temp table done as
          select i, u, came, event_day, event_day + interval (9 * 3600 + h %% 2 * 36000 + (h >> 4) %% 1200) second as event_at, h %% 2 as half, (h >> 16) %% 100 as kind, (h >> 24) %% 400 as product,
            case when kind < 40 then 'view_item' when kind < 60 then 'page_view' when kind < 70 then 'search' when kind < 80 then 'add_to_cart' when kind < 83 then 'purchase' when kind < 85 then 'sign_up' else 'screen_' || kind end as event
          from (
            select i, u, h, came, came + cast(floor(pow((h %% 4096) / 4096.0, 3) * (date '%4$s' - came + 1)) as int) as event_day
            from (
              select i, (hash(i) >> 3)::bigint %% %2$d as u, (hash(i * 7 + 1) >> 4)::bigint as h, date '%3$s' + cast((hash((hash(i) >> 3)::bigint %% %2$d) >> 5)::bigint %% %5$d as int) as came
              from range(%1$d) t(i)))"""
              .formatted(events, people, first, LAST, days));
      write(session, folder, "fct_event", "event_date, event_at, event_id",
          """
          select event_day as event_date, 'mixpanel' as source, 'e' || i as event_id, event as event_name, event, event_at, ['android', 'ios', 'web'][1 + u % 3] as platform, 'KR' as country,
            'user-' || u as person_id, 'device-' || u as device_key, case when event in ('view_item', 'add_to_cart', 'purchase') then 'p' || product end as product_id,
            case when event = 'purchase' then 'o' || i end as order_id, case when event = 'purchase' then 1000 * (1 + product) end as revenue, case when event = 'purchase' then 'KRW' end as currency, true as is_primary
          from done""");
      write(session, folder, "dim_event", "as_of_date",
          "select event_day as as_of_date, 'mixpanel' as source, event as event_name, event, 'known' as status, count(*) as events from done group by event_day, event");
      write(session, folder, "fct_session", "session_date, started_at, session_key",
          """
          select event_day as session_date, 'mixpanel' as source, 's' || u || '-' || event_day || '-' || half as session_key, 'user-' || u as person_id, 'device-' || u as device_key,
            ['android', 'ios', 'web'][1 + u % 3] as platform, 'KR' as country, min(event_at) as started_at, max(event_at) as ended_at, count(*) as events,
            count(*) filter (where kind between 80 and 82) as purchases, count(*) filter (where kind between 83 and 84) as sign_ups,
            case when min(kind) < 3 then 'google' end as told_source, case when min(kind) < 3 then 'cpc' end as told_medium, case when min(kind) < 3 then 'c' || u % 500 end as told_campaign_id,
            case when min(kind) < 3 then 'google_ads' when min(kind) < 5 then 'meta' else 'organic' end as channel
          from done group by u, event_day, half""");
      write(session, folder, "fct_order", "order_date, order_id",
          """
          select event_day as order_date, 'o' || i as order_id, 'device-' || u as user_id, 'user-' || u as person_id, 'mixpanel' as source, 'purchase' as kind, event_at as ordered_at, 1 as quantity,
            1000 * (1 + product) as revenue, 1000 * (1 + product) as revenue_local, 'KRW' as currency_local, 'device-' || u as acquired_user_id, came as acquisition_date,
            ['meta', 'google_ads', 'naver_search_ad', 'adison', 'organic'][1 + u % 5] as channel, 'c' || u % 500 as campaign_id, 'KR' as country, 'android' as platform,
            row_number() over (partition by u order by event_at, i) = 1 as is_first
          from done where kind between 80 and 82""");
      write(session, folder, "fct_acquisition", "acquisition_date, user_id",
          """
          select distinct came as acquisition_date, 'device-' || u as user_id, 'user-' || u as person_id, 'install' as acquisition_kind, came + interval 9 hour as acquired_at,
            ['meta', 'google_ads', 'naver_search_ad', 'adison', 'organic'][1 + u % 5] as channel, 'c' || u % 500 as campaign_id, 'campaign ' || u % 500 as campaign_name, 'click' as touch_type,
            came + interval 8 hour as touched_at, 0 as assists, 1 as users, 1500 as cost_share, 'KR' as country, 'android' as platform
          from done""");
      write(session, folder, "fct_sign_up", "sign_up_date, person_id",
          "select min(event_day) as sign_up_date, 'user-' || u as person_id, 'device-' || u as device_key, min(event_at) as signed_up_at, 'android' as platform, 'KR' as country from done where kind between 83 and 84 group by u");
      write(session, folder, "dim_currency_rate", "rate_date", "select cast(d as date) as rate_date, 'KRW' as currency, 'KRW' as reporting_currency, 1 as rate from generate_series(timestamp '%s', timestamp '%s', interval 1 day) t(d)".formatted(first, LAST));
    }
  }

  /** With every column that the dataset has, empty where the query does not tell it. */
  private static void write(DuckDbSession session, Path folder, String name, String by, String query) throws Exception {
    List<Column> columns = datasets().get(name).schema().columns();
    List<String> there = session.bind("told", query).stream().map(c -> c.name()).toList();
    session.table("shape", columns, List.of());
    Files.createDirectories(folder.resolve(name));
    String told = String.join(", ", columns.stream().map(Column::name).filter(there::contains).toList());
    session.execute("insert into shape (%s) select %s from (%s)".formatted(told, told, query));
    String partition = datasets().get(name).schema().partitionColumn().orElse(by);
    session.execute("copy (select * from shape order by %s) to '%s' (format parquet, row_group_size 50000)".formatted(partition, folder.resolve(name).resolve("all.parquet")));
    session.execute("drop table if exists shape");
  }

  private static Datasets datasets() throws ClassNotFoundException {
    return Datasets.packedWith(Class.forName("ltv.calculate.CalculateCommand"));
  }

  private static void build(Path folder, int days) throws Exception {
    Map<String, Double> earlier = new TreeMap<>();
    Map<String, Double> last = new TreeMap<>();
    try (DuckDb engine = new DuckDb(new EngineSettings(2, "500MB"), folder.resolve("scratch"))) {
      for (Dataset dataset : datasets().inOrder("calculate")) {
        if (OTHERS.stream().anyMatch(dataset.name()::startsWith)) {
          continue;
        }
        Files.createDirectories(folder.resolve(dataset.name()));
        for (LocalDate day = dataset.schema().asOf() ? LAST : LAST.minusDays(days - 1); !day.isAfter(LAST); day = day.plusDays(1)) {
          long start = System.nanoTime();
          try (DuckDbSession session = engine.open()) {
            parameters().forEach((name, value) -> session.define("param_" + name, value));
            session.define("run_date", day);
            session.define("run_id", "bench");
            for (Map.Entry<String, DatasetInput> input : dataset.schema().inputs().entrySet()) {
              see(session, folder, input.getKey(), input.getValue(), day);
            }
            dataset.build(session, "built");
            session.execute("copy built to '%s' (format parquet)".formatted(folder.resolve(dataset.name()).resolve(day + ".parquet")));
          }
          (day.equals(LAST) ? last : earlier).merge(dataset.name(), (System.nanoTime() - start) / 1e9, Double::sum);
        }
        System.out.printf("%-28s last day %6.2f s, %d days before %6.1f s%n", dataset.name(), last.get(dataset.name()), dataset.schema().asOf() ? 0 : days - 1, earlier.getOrDefault(dataset.name(), 0.0));
      }
    }
    System.out.printf("the last day of all: %.1f s%n", last.values().stream().mapToDouble(s -> s).sum());
  }

  private static Map<String, String> parameters() {
    Map<String, String> parameters = new TreeMap<>(LtvSettings.DEFAULT.parameters());
    parameters.putAll(UserSettings.DEFAULT.parameters());
    parameters.putAll(PathSettings.DEFAULT.parameters());
    parameters.put("reporting_currency", "KRW");
    parameters.put("timezone", "Asia/Seoul");
    return parameters;
  }

  private static void see(DuckDbSession session, Path folder, String name, DatasetInput input, LocalDate day) throws Exception {
    if (!Files.isDirectory(folder.resolve(name))) {
      session.table(name, datasets().get(name).schema().columns(), List.of());
      return;
    }
    String partition = datasets().get(name).schema().partitionColumn().orElseThrow();
    String from = input.lookback().isPresent() ? "%s >= date '%s' and ".formatted(partition, input.firstDay(day)) : "";
    session.view(name, "select * from read_parquet('%s/*.parquet') where %s%s <= date '%s'".formatted(folder.resolve(name), from, partition, input.lastDay(day)));
  }

  private static void report(Path folder) throws Exception {
    Text text = new Text("ko", "KRW", ZoneId.of("Asia/Seoul"));
    Week week = Week.with(LAST);
    DataStatus status = new DataStatus(DataStatus.State.PROVISIONAL, List.of(), List.of(), List.of(), List.of());
    for (ReportType type : ReportType.values()) {
      if (!type.marts().stream().allMatch(mart -> Files.isDirectory(folder.resolve(mart)))) {
        continue;
      }
      long start = System.nanoTime();
      Map<String, byte[]> files;
      try (DuckDb engine = new DuckDb(new EngineSettings(2, "500MB"), folder.resolve("scratch")); DuckDbSession session = engine.open()) {
        for (String mart : Stream.concat(type.marts().stream(), type.optional().stream()).toList()) {
          session.view(mart, "select * from read_parquet('%s/*.parquet')".formatted(folder.resolve(mart)));
        }
        files = ReportFiles.of(new Report(type.code(), "bench", week, LAST, type.content(new Facts(session, week, LAST), text), status), text);
      }
      System.out.printf("report %-8s %.2f s, page %d bytes%n", type.code(), (System.nanoTime() - start) / 1e9, files.get(type.code() + "-ko.html").length);
    }
  }
}
