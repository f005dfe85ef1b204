import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import ltv.config.EngineSettings;
import ltv.engine.DuckDb;
import ltv.engine.DuckDbSession;

/**
 * What joining a day of events to campaigns costs beside the same queries as bare statements. Run by bench/joins.
 *
 * <pre>
 * generate FOLDER EVENTS CAMPAIGNS   a day of Analytics' export as Parquet, and what the campaigns cost
 * compare FOLDER TIMES               ingest and cleanse once, then process and the bare statements in turn
 * bare LAKE OUT                      the queries of process over the files of cleanse (what compare starts)
 * </pre>
 */
public final class Joins {
  private static final LocalDate DAY = LocalDate.of(2026, 3, 14);
  private static final String MEMORY = "500MB";
  private static final Path DATASETS = Path.of("process-job/sql");

  private static final String SITE = """
      site: bench
      timezone: Asia/Seoul
      reporting_currency: KRW
      home: %1$s/lake
      engine: {threads: 1, memory_limit: 500MB}
      personal_data: {hash_key: key of the benchmark}
      channels:
        adison: {accounts: [{id: app, file: {folder: %1$s, files: "app-{date}.csv"}}]}
        ga4_export: {accounts: [{id: "4242", timezone: Asia/Seoul, extract: "%1$s/events-{date}.parquet"}]}
      """;

  public static void main(String... args) throws Exception {
    switch (args[0]) {
      case "generate" -> generate(Path.of(args[1]), Long.parseLong(args[2]), Integer.parseInt(args[3]));
      case "compare" -> compare(Path.of(args[1]), Integer.parseInt(args[2]));
      case "bare" -> bare(Path.of(args[1]), Path.of(args[2]));
      default -> throw new IllegalArgumentException(args[0]);
    }
  }

  /** A device in five came by a campaign, whose name it tells in capitals, with a letter too few, or as it is. */
  private static void generate(Path folder, long events, int campaigns) throws IOException {
    String name = "'KR_앱설치_aos_' || %s";
    StringBuilder csv = new StringBuilder("날짜,캠페인ID,캠페인명,플랫폼,광고유형,노출,클릭,전환,광고비\n");
    for (int c = 0; c < campaigns; c++) {
      csv.append("%s,c%d,KR_앱설치_aos_%d,android,CPI,1000,10,1,%d\n".formatted(DAY, c, 1000 + c, 10_000 + c));
    }
    Files.writeString(folder.resolve("app-" + DAY + ".csv"), csv);
    try (DuckDb engine = new DuckDb(new EngineSettings(1, MEMORY), folder.resolve("scratch")); DuckDbSession session = engine.open()) {
      session.execute(
          """
          copy (
            with e as (
              select i, (hash(i) >> 8)::bigint as h, (hash(i * 31) >> 8)::bigint %% (%1$d // 25 + 1) as u from range(%1$d) t(i)
            ),
            d as (select *, 1000 + u // 5 %% %2$d as c, u // 7 %% 8 as spelling, i %% 2 as visit from e)
            select '%3$s' as event_date, ((1773414000 + visit * 40000 + h %% 1700) * 1000000 + i %% 1000)::varchar as event_timestamp,
              ['purchase', 'view_item', 'sign_up', 'add_to_cart', 'page_view'][1 + h %% 5] as event_name, 'device-' || u as user_pseudo_id,
              case when u %% 2 = 0 then 'member-' || u end as user_id, 'ANDROID' as platform, {'operating_system': 'Android'} as device, {'country': 'South Korea'} as geo,
              case when u %% 5 = 0 then {'manual_source': 'adison', 'manual_medium': 'cpi', 'manual_campaign_name': case spelling when 0 then upper(%4$s) when 1 then replace(%4$s, '설', '') else %4$s end} end
                as collected_traffic_source,
              [{'key': 'ga_session_id', 'value': {'int_value': u * 10 + visit, 'string_value': null}}, {'key': 'currency', 'value': {'int_value': null, 'string_value': 'KRW'}}]
                as event_params,
              case when h %% 5 = 0 then {'transaction_id': 'O' || i, 'purchase_revenue': (100 * (h %% 900))::double} end as ecommerce, (i // 20)::varchar as batch_page_id,
              (i %% 20)::varchar as batch_event_index
            from d) to '%5$s' (format parquet, compression zstd)"""
              .formatted(events, campaigns, DAY.toString().replace("-", ""), name.formatted("c"), folder.resolve("events-" + DAY.toString().replace("-", "") + ".parquet")));
    }
    Files.writeString(folder.resolve("site.yaml"), SITE.formatted(folder));
  }

  private static void compare(Path folder, int times) throws Exception {
    job(folder, "ingest");
    System.out.printf("cleanse %s%n", job(folder, "cleanse"));
    List<Double> ratios = new ArrayList<>();
    for (int n = 0; n < times; n++) {
      Used process = job(folder, "process", "--force");
      Used bare = Used.of("-Xmx128m", "-cp", System.getProperty("java.class.path"), "Joins", "bare", folder.resolve("lake/warehouse").toString(), folder.resolve("bare").toString());
      ratios.add(process.cpu() / bare.cpu());
      System.out.printf("process %s; its queries as bare statements %s; ratio of CPU %.2f%n", process, bare, process.cpu() / bare.cpu());
    }
    ratios.sort(null);
    System.out.printf("median ratio %.2f%n", ratios.get(times / 2));
  }

  private static Used job(Path folder, String job, String... more) throws Exception {
    List<String> command = new ArrayList<>(List.of("-Xmx128m", "-jar", job + "-job/target/" + job + "-job.jar", "run", "--config", folder.resolve("site.yaml").toString(), "--date", DAY.toString()));
    command.addAll(List.of(more));
    return Used.of(command.toArray(String[]::new));
  }

  /**
   * One statement for each dataset of which process has written a file, straight to Parquet, each reading what those before it wrote. Those that have no row cost the job
   * their query too.
   */
  private static void bare(Path lake, Path out) throws Exception {
    Map<String, JsonNode> schemas = new TreeMap<>();
    try (Stream<Path> folders = Files.list(DATASETS)) {
      for (Path folder : folders.toList()) {
        if (!files(lake.resolve("process"), folder.getFileName().toString()).isEmpty()) {
          schemas.put(folder.getFileName().toString(), schema(folder));
        }
      }
    }
    Files.createDirectories(out);
    try (DuckDb engine = new DuckDb(new EngineSettings(1, MEMORY), out.resolve("scratch")); DuckDbSession session = engine.open()) {
      session.define("run_date", DAY);
      session.define("param_reporting_currency", "KRW");
      session.define("param_timezone", "Asia/Seoul");
      session.define("param_conversion_metrics", "purchase");
      session.define("param_naming_rules", "");
      Map<String, String> views = new TreeMap<>();
      while (!schemas.isEmpty()) {
        String next = schemas.keySet().stream()
            .filter(name -> names(schemas.get(name)).stream().noneMatch(input -> schemas.containsKey(input) && !input.equals(name)))
            .findFirst().orElseThrow();
        JsonNode schema = schemas.remove(next);
        for (String input : names(schema)) {
          views.computeIfAbsent(input, i -> view(session, i, lake));
        }
        String file = out.resolve(next + ".parquet").toString();
        session.execute("copy (%s) to '%s' (format parquet, compression zstd)".formatted(Files.readString(DATASETS.resolve(next).resolve("query.sql")), file));
        views.put(next, next);
        session.view(next, "select * from read_parquet('" + file + "')");
      }
    }
  }

  private static List<String> names(JsonNode schema) {
    List<String> names = new ArrayList<>();
    schema.path("inputs").fieldNames().forEachRemaining(names::add);
    return names;
  }

  /** What cleanse wrote, or nothing where it had nothing to write. */
  private static String view(DuckDbSession session, String input, Path lake) {
    try {
      List<String> files = files(lake.resolve("cleanse"), input);
      if (files.isEmpty()) {
        Path folder = Stream.of("ingest", "cleanse", "process").map(job -> Path.of(job + "-job/sql", input)).filter(Files::isDirectory).findFirst().orElseThrow();
        List<String> columns = new ArrayList<>();
        schema(folder).path("columns").forEach(c -> columns.add("cast(null as %s) as %s".formatted(c.path("type").asText().replace("long", "bigint"), c.path("name").asText())));
        session.view(input, "select " + String.join(", ", columns) + " where false");
      } else {
        session.view(input, "select * from read_parquet([" + files.stream().map(f -> "'" + f + "'").collect(Collectors.joining(", ")) + "], hive_partitioning = false)");
      }
      return input;
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  private static List<String> files(Path job, String dataset) throws IOException {
    Path data = job.resolve(dataset).resolve("data");
    if (!Files.isDirectory(data)) {
      return List.of();
    }
    try (Stream<Path> all = Files.walk(data)) {
      return all.map(Path::toString).filter(f -> f.endsWith(".parquet")).sorted().toList();
    }
  }

  private static JsonNode schema(Path folder) throws IOException {
    return new YAMLMapper().readTree(folder.resolve("schema.yml").toFile());
  }
}
