import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import com.sun.net.httpserver.HttpServer;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import ltv.config.EngineSettings;
import ltv.config.PersonalData;
import ltv.config.Secret;
import ltv.engine.DuckDb;
import ltv.engine.DuckDbSession;
import ltv.ingest.type.IngestFunctions;

/**
 * What reading a day of events costs beside bare statements of DuckDB over the same file. Run by bench/events.
 *
 * <pre>
 * generate FILE EVENTS       a day of Mixpanel's export, gzip
 * compare FILE FOLDER JAR TIMES    the ingest job and two bare statements in turn
 * cleanse FILE FOLDER JAR CLEANSE TIMES   the judging of these events beside bare statements, then the whole of cleanse
 * bare FILE OUT FORM         one bare statement (what compare and cleanse start)
 * </pre>
 */
public final class Events {
  private static final LocalDate DAY = LocalDate.of(2026, 3, 14);
  private static final String MEMORY = "500MB";

  private static final Path DATASET = Path.of("ingest-job/sql/src_mixpanel__event");

  public static void main(String... args) throws Exception {
    switch (args[0]) {
      case "generate" -> generate(Path.of(args[1]), Long.parseLong(args[2]));
      case "compare" -> compare(Path.of(args[1]), Path.of(args[2]), args[3], Integer.parseInt(args[4]));
      case "cleanse" -> cleanse(Path.of(args[1]), Path.of(args[2]), args[3], args[4], Integer.parseInt(args[5]));
      case "dedupe" -> dedupe(args[1], Path.of(args[2]), args[3]);
      case "bare" -> bare(Path.of(args[1]), Path.of(args[2]), args[3]);
      default -> throw new IllegalArgumentException(args[0]);
    }
  }

  private static void generate(Path file, long events) {
    Path scratch = file.resolveSibling("scratch");
    try (DuckDb engine = new DuckDb(new EngineSettings(1, MEMORY), scratch); DuckDbSession session = engine.open()) {
      session.execute(
          """
          copy (
            with e as (
              select i, (hash(i) >> 8)::bigint as h, (hash(i + 7) >> 8)::bigint as g, (hash(i * 31) >> 8)::bigint %% (%1$d // 25 + 1) as u from range(%1$d) t(i)
            )
            select ['purchase', 'view_item', 'login', 'add_to_cart', 'session_start'][1 + h %% 5] as event,
              {'time': 1773446400 + g %% 86400, 'distinct_id': 'member-' || u, '$insert_id': md5(i::varchar)[1:16],
               'mp_processing_time_ms': 1773446400000 + (g %% 86400) * 1000 + h %% 60000, 'mp_lib': ['android', 'iphone', 'web'][1 + u %% 3],
               'mp_country_code': 'KR', '$os': ['Android', 'iOS', 'Windows'][1 + u %% 3], '$city': 'Seoul', '$device_id': md5('d' || u)[1:32], '$user_id': 'member-' || u,
               'advertising_id': case when u %% 3 = 0 then md5(u::varchar)[1:8] || '-8cf0-11bd-b23e-' || md5(u::varchar)[1:12] end,
               '$app_version_string': '3.' || h %% 10 || '.1', '$model': 'SM-G99' || u %% 10, '$carrier': 'KT', 'utm_source': ['naver', 'meta', 'direct'][1 + h %% 3],
               'order_id': case when h %% 5 = 0 then 'O' || i end, 'product_id': 'A-' || g %% 5000, 'revenue': case when h %% 5 = 0 then 100 * (h %% 900) end,
               'currency': 'KRW', 'screen': '상품 상세 ' || g %% 50, 'ab_test': 'variant_' || g %% 3} as properties
            from e) to '%2$s' (format json, compression gzip)"""
              .formatted(events, file));
    }
  }

  /**
   * The dataset's own query in one statement over the file, straight to Parquet: the floor of the engine for these columns and hashes. {@code struct} declares
   * the properties that columns read and drops the others, which the job may not.
   */
  private static void bare(Path file, Path out, String form) throws Exception {
    JsonNode columns = new YAMLMapper().readTree(DATASET.resolve("schema.yml").toFile()).path("raw").path("columns");
    List<String> read = new ArrayList<>(List.of("event as event_name"));
    Set<String> members = new LinkedHashSet<>();
    Set<String> persons = new LinkedHashSet<>();
    for (JsonNode column : columns) {
      List<String> from = new ArrayList<>();
      List.of(column.path("from")).forEach(f -> from.add(f.asText()));
      column.path("also").forEach(f -> from.add(f.asText()));
      column.path("without").forEach(f -> persons.add(f.asText()));
      List<String> names = from.stream().filter(f -> f.startsWith("properties.")).map(f -> f.substring("properties.".length())).toList();
      members.addAll(names);
      if (!names.isEmpty()) {
        read.add("coalesce(%s, null) as %s".formatted(names.stream().map(n -> "p.\"" + n + '"').collect(Collectors.joining(", ")), column.path("name").asText()));
      }
    }
    String lines = "read_json('%s', format = 'newline_delimited', columns = {'event': 'VARCHAR', 'properties': '%s'})";
    String pages;
    if (form.equals("struct")) {
      read.add("null as properties");
      pages = "select event, properties as p from " + lines.formatted(file, members.stream().map(n -> '"' + n + "\" VARCHAR").collect(Collectors.joining(", ", "STRUCT(", ")")));
    } else {
      read.add("rest as properties");
      pages = "select event, json_transform(properties, '%s') as p, cast(json_merge_patch(properties, '%s') as varchar) as rest from %s"
          .formatted(object(members.stream(), "\"VARCHAR\""), object(Stream.concat(members.stream(), persons.stream()), "null"), lines.formatted(file, "JSON"));
    }
    String raw = "select %s, '7' as raw_account, 'UTC' as raw_time_zone, timestamp '2026-03-15 01:00:00' as raw_fetched_at, 'page' as raw_file, 1 as raw_line, null as raw_error from (%s)"
        .formatted(String.join(", ", read), pages);
    Path scratch = out.resolveSibling("bare-scratch");
    try (DuckDb engine = new DuckDb(new EngineSettings(1, MEMORY), scratch); DuckDbSession session = engine.open()) {
      new IngestFunctions(Optional.of(new PersonalData(new Secret("key of the benchmark"), "k1"))).define(session);
      session.define("run_date", DAY);
      session.view("raw", raw);
      session.execute("copy (%s) to '%s' (format parquet, compression zstd)".formatted(Files.readString(DATASET.resolve("query.sql")), out));
    }
  }

  private static String object(Stream<String> names, String value) {
    return names.map(n -> '"' + n + "\":" + value).collect(Collectors.joining(",", "{", "}"));
  }

  /** Mixpanel, as far as one export needs it. */
  private static HttpServer mixpanel(Path file) throws Exception {
    HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/", exchange -> {
      boolean export = exchange.getRequestURI().getPath().endsWith("/export");
      byte[] projects = "{\"status\":\"ok\",\"results\":{\"projects\":{\"7\":{}}}}".getBytes("UTF-8");
      if (export) {
        exchange.getResponseHeaders().add("Content-Encoding", "gzip");
      }
      exchange.sendResponseHeaders(200, export ? Files.size(file) : projects.length);
      if (export) {
        Files.copy(file, exchange.getResponseBody());
      } else {
        exchange.getResponseBody().write(projects);
      }
      exchange.close();
    });
    server.start();
    return server;
  }

  private static Path site(Path folder, HttpServer server) throws Exception {
    Path home = Files.createTempDirectory(folder, "home");
    Files.writeString(home.resolve("site.yaml"), """
        site: bench
        home: %s
        engine: {threads: 1, memory_limit: %s}
        personal_data: {hash_key: key of the benchmark}
        channels:
          mixpanel: {export_url: "%3$s", query_url: "%3$s", username: u, secret: s, projects: [{id: "7", timezone: UTC}]}
        """.formatted(home.resolve("lake"), MEMORY, "http://127.0.0.1:" + server.getAddress().getPort()));
    return home;
  }

  private static void compare(Path file, Path folder, String jar, int times) throws Exception {
    HttpServer server = mixpanel(file);
    List<Double> same = new ArrayList<>();
    List<Double> struct = new ArrayList<>();
    for (int n = 0; n < times; n++) {
      Path home = site(folder, server);
      Used job = Used.of("-Xmx128m", "-jar", jar, "run", "--config", home.resolve("site.yaml").toString(), "--date", DAY.toString());
      if (times == 1) {
        System.out.printf("job alone %s%n", job);
        break;
      }
      Used rest = bareOf(file, home, "rest");
      Used declared = bareOf(file, home, "struct");
      System.out.printf("job %s; its query as one statement %s; the same without the rest %s%n", job, rest, declared);
      same.add(job.cpu() / rest.cpu());
      struct.add(job.cpu() / declared.cpu());
      System.out.printf("ratio of CPU %.2f and %.2f%n", job.cpu() / rest.cpu(), job.cpu() / declared.cpu());
    }
    server.stop(0);
    same.sort(null);
    struct.sort(null);
    if (times > 1) {
      System.out.printf("median ratio %.2f and %.2f%n", same.get(times / 2), struct.get(times / 2));
    }
  }

  private static Used bareOf(Path file, Path home, String form) throws Exception {
    return Used.of("-Xmx128m", "-cp", System.getProperty("java.class.path"), "Events", "bare", file.toString(), home.resolve(form + ".parquet").toString(), form);
  }

  private static void cleanse(Path file, Path folder, String ingest, String jar, int times) throws Exception {
    HttpServer server = mixpanel(file);
    Path home = site(folder, server);
    String site = home.resolve("site.yaml").toString();
    Used.of("-Xmx128m", "-jar", ingest, "run", "--config", site, "--date", DAY.toString());
    server.stop(0);
    String rows = home.resolve("lake/warehouse/ingest/src_mixpanel__event/data/*/*.parquet").toString();
    for (int n = 0; n < times; n++) {
      Used job = Used.of("-Xmx128m", "-jar", jar, "run", "--config", site, "--dataset", "stg_mixpanel__event", "--force", "--date", DAY.toString());
      Used same = dedupeOf(rows, home, "query");
      Used bare = dedupeOf(rows, home, "bare");
      System.out.printf("judging %s; its query as one statement %s; row_number by the key alone %s%n", job, same, bare);
      System.out.printf("ratio of CPU %.2f and %.2f%n", job.cpu() / same.cpu(), job.cpu() / bare.cpu());
    }
    System.out.printf("the whole of cleanse %s%n", Used.of("-Xmx128m", "-jar", jar, "run", "--config", site, "--date", DAY.toString()));
  }

  private static Used dedupeOf(String rows, Path home, String form) throws Exception {
    return Used.of("-Xmx128m", "-cp", System.getProperty("java.class.path"), "Events", "dedupe", rows, home.resolve(form + ".parquet").toString(), form);
  }

  /** The judging query, or what everybody writes for it, over the typed rows, straight to Parquet. */
  private static void dedupe(String rows, Path out, String form) throws Exception {
    String query = form.equals("query")
        ? Files.readString(Path.of("cleanse-job/sql/stg_mixpanel__event/query.sql"))
        : """
          select * exclude (copy) from (
            select *, row_number() over (partition by event_name, distinct_id_key, event_at, insert_id order by received_at desc) as copy from src_mixpanel__event)
          where copy = 1""";
    try (DuckDb engine = new DuckDb(new EngineSettings(1, MEMORY), out.resolveSibling("bare-scratch")); DuckDbSession session = engine.open()) {
      session.define("run_date", DAY);
      session.view("src_mixpanel__event", "select * from read_parquet('" + rows + "', hive_partitioning = false)");
      session.execute("copy (%s) to '%s' (format parquet, compression zstd)".formatted(query, out));
    }
  }
}
