import com.sun.net.httpserver.HttpServer;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import ltv.config.EngineSettings;
import ltv.config.PersonalData;
import ltv.config.Secret;
import ltv.engine.DuckDb;
import ltv.engine.DuckDbSession;
import ltv.ingest.type.IngestFunctions;

/**
 * What typing a day of events costs beside a bare statement of DuckDB over the same file. Run by bench/events.
 *
 * <pre>
 * generate FILE EVENTS       a day of Mixpanel's export, gzip
 * compare FILE FOLDER JAR TIMES    the ingest job and two bare statements in turn
 * bare FILE OUT FORM         one bare statement (what compare starts)
 * </pre>
 */
public final class Events {
  private static final LocalDate DAY = LocalDate.of(2026, 3, 14);
  private static final String MEMORY = "500MB";

  /** What the app sends beside what Mixpanel itself adds. */
  private static final List<String> PROPERTIES =
      List.of("time", "distinct_id", "$insert_id", "mp_processing_time_ms", "$device_id", "$user_id", "advertising_id", "mp_lib", "$os",
          "$app_version_string", "$model", "mp_country_code", "$city", "utm_source", "order_id", "product_id", "revenue", "currency");

  private static final List<String> UNDECLARED = List.of("screen", "ab_test", "$carrier");

  public static void main(String... args) throws Exception {
    switch (args[0]) {
      case "generate" -> generate(Path.of(args[1]), Long.parseLong(args[2]));
      case "compare" -> compare(Path.of(args[1]), Path.of(args[2]), args[3], Integer.parseInt(args[4]));
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

  /** One statement over the file: every property declared, or those of the dataset and the rest as JSON. */
  private static void bare(Path file, Path out, String form) {
    Path scratch = out.resolveSibling("bare-scratch");
    try (DuckDb engine = new DuckDb(new EngineSettings(1, MEMORY), scratch); DuckDbSession session = engine.open()) {
      new IngestFunctions(Optional.of(new PersonalData(new Secret("key of the benchmark"), "k1"))).define(session);
      List<String> columns = new ArrayList<>(List.of("event"));
      String source;
      List<String> all = new ArrayList<>(PROPERTIES);
      if (form.equals("struct")) {
        all.addAll(UNDECLARED);
        source = "select event, properties as p from read_json('%s', format = 'newline_delimited', columns = {'event': 'VARCHAR', 'properties': 'STRUCT(%s)'})"
            .formatted(file, String.join(", ", all.stream().map(n -> '"' + n + "\" VARCHAR").toList()));
      } else {
        columns.add("rest");
        source = "select event, json_transform(properties, '{%s}') as p, cast(json_merge_patch(properties, '{%s}') as varchar) as rest from read_json('%s', format = 'newline_delimited', columns = {'event': 'VARCHAR', 'properties': 'JSON'})"
            .formatted(String.join(",", all.stream().map(n -> '"' + n + "\":\"VARCHAR\"").toList()), String.join(",", all.stream().map(n -> '"' + n + "\":null").toList()), file);
      }
      for (String name : all) {
        String column = "p.\"" + name + "\"";
        switch (name) {
          case "time", "mp_processing_time_ms" -> columns.add("cast(" + column + " as bigint)");
          case "revenue" -> columns.add("cast(" + column + " as decimal(18, 4))");
          case "distinct_id", "$user_id", "advertising_id" -> columns.addAll(List.of("person_key(" + column + ")", "id_kind(" + column + ")"));
          case "$device_id" -> columns.add("person_key(" + column + ")");
          default -> columns.add(column);
        }
      }
      session.execute("copy (select %s from (%s)) to '%s' (format parquet, compression zstd)".formatted(String.join(", ", columns), source, out));
    }
  }

  private static void compare(Path file, Path folder, String jar, int times) throws Exception {
    byte[] packed = Files.readAllBytes(file);
    HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/", exchange -> {
      boolean export = exchange.getRequestURI().getPath().endsWith("/export");
      byte[] body = export ? packed : "{\"status\":\"ok\",\"results\":{\"projects\":{\"7\":{}}}}".getBytes("UTF-8");
      if (export) {
        exchange.getResponseHeaders().add("Content-Encoding", "gzip");
      }
      exchange.sendResponseHeaders(200, body.length);
      exchange.getResponseBody().write(body);
      exchange.close();
    });
    server.start();
    List<Double> same = new ArrayList<>();
    List<Double> struct = new ArrayList<>();
    for (int n = 0; n < times; n++) {
      Path home = Files.createTempDirectory(folder, "home");
      Files.writeString(home.resolve("site.yaml"), """
          site: bench
          home: %s
          engine: {threads: 1, memory_limit: %s}
          personal_data: {hash_key: key of the benchmark}
          channels:
            mixpanel: {export_url: "%3$s", query_url: "%3$s", username: u, secret: s, projects: [{id: "7", timezone: UTC}]}
          """.formatted(home.resolve("lake"), MEMORY, "http://127.0.0.1:" + server.getAddress().getPort()));
      Used job = used("java", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-Xmx128m", "-jar", jar, "run", "--config", home.resolve("site.yaml").toString(), "--date", DAY.toString());
      Used rest = bareOf(file, home, jar, "rest");
      Used declared = bareOf(file, home, jar, "struct");
      System.out.printf("job %s; the same rows by one statement %s; every property declared, no rest %s%n", job, rest, declared);
      same.add(job.cpu / rest.cpu);
      struct.add(job.cpu / declared.cpu);
      System.out.printf("ratio of CPU %.2f and %.2f%n", job.cpu / rest.cpu, job.cpu / declared.cpu);
    }
    server.stop(0);
    same.sort(null);
    struct.sort(null);
    System.out.printf("median ratio %.2f and %.2f%n", same.get(times / 2), struct.get(times / 2));
  }

  private static Used bareOf(Path file, Path home, String jar, String form) throws Exception {
    return used("java", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-Xmx128m", "-cp", jar, Path.of("bench/Events.java").toString(), "bare", file.toString(), home.resolve(form + ".parquet").toString(), form);
  }

  /** Seconds of CPU and the most memory of a process. */
  private record Used(double cpu, long megabytes) {
    @Override
    public String toString() {
      return "%.1f s, %d MB".formatted(cpu, megabytes);
    }
  }

  private static Used used(String... command) throws Exception {
    Process process = new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(ProcessBuilder.Redirect.appendTo(Path.of("/dev/stderr").toFile())).start();
    Path proc = Path.of("/proc/" + process.pid());
    Used used = new Used(0, 0);
    while (process.isAlive()) {
      try {
        String[] stat = Files.readString(proc.resolve("stat")).replaceFirst(".*\\) ", "").split(" ");
        long peak = Files.readAllLines(proc.resolve("status")).stream().filter(l -> l.startsWith("VmHWM")).mapToLong(l -> Long.parseLong(l.replaceAll("\\D", ""))).findFirst().orElse(used.megabytes << 10);
        used = new Used((Long.parseLong(stat[11]) + Long.parseLong(stat[12])) / 100.0, peak >> 10);
      } catch (java.io.IOException e) {
        break; // it has just ended
      }
      Thread.sleep(20);
    }
    if (process.waitFor() != 0) {
      throw new IllegalStateException(String.join(" ", command) + " ended with " + process.exitValue());
    }
    return used;
  }
}
