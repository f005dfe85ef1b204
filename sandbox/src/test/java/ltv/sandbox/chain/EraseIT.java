package ltv.sandbox.chain;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import ltv.config.EngineSettings;
import ltv.config.Sites;
import ltv.dataset.Repository;
import ltv.engine.DuckDb;
import ltv.engine.DuckDbSession;
import ltv.sandbox.World;
import ltv.sandbox.chain.JobProcess.Ended;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A person of the simulated market asks to be forgotten. */
class EraseIT {
  private static final LocalDate FROM = LocalDate.of(2026, 11, 9);
  private static final int DAYS = 5;

  private static final String KEY = "hash-key-of-the-test";

  @TempDir private Path folder;
  private final World world = new World(20261119, FROM, DAYS, 0.4, 0);
  private JobProcess jobs;
  private String site;

  @AfterEach
  void close() {
    world.close();
  }

  @Test
  void nothing_of_a_person_is_left_and_the_others_are_counted_as_before() throws IOException {
    Map<String, String> environment = new TreeMap<>(world.environment());
    environment.put("LTV_DEMO_HOME", folder.resolve("home").toString());
    environment.put("LTV_HASH_KEY", KEY);
    jobs = new JobProcess(folder, environment);
    site = site();
    jobs.run(
            "ingest",
            "--config",
            site,
            "--channel",
            "appsflyer,mixpanel",
            "--from",
            FROM + "",
            "--to",
            last())
        .with(0);
    List<String> person = person();
    for (LocalDate day = FROM; day.isBefore(FROM.plusDays(DAYS)); day = day.plusDays(1)) {
      Files.writeString(
          folder.resolve("drop/orders-%s.csv".formatted(day)),
          "customer_id,order_date,amount\n%1$s,%2$s,1000\n%1$s0,%2$s,2500\n"
              .formatted(person.get(0), day));
    }
    chain(Repository.JOBS);
    Map<String, Long> hashes = found(person);
    List<String> traces = new ArrayList<>(person);
    traces.addAll(keys(person));
    Map<String, Long> others = others(traces);
    assertTrue(hashes.keySet().stream().anyMatch(f -> f.contains("landing/mixpanel")), hashes + "");
    assertTrue(
        hashes.keySet().stream().anyMatch(f -> f.contains("landing/appsflyer")), hashes + "");
    assertNotEquals(Map.of(), tables(traces));

    Ended half = erase(person).with(66);

    assertTrue(half.report().path("problems").toString().contains("stg_file__order"), half::out);
    chain(Repository.JOBS.subList(1, 4));
    for (String job : Repository.JOBS.subList(1, 4)) {
      List<String> vacuum = new ArrayList<>(JobProcess.VACUUM_ALL);
      vacuum.addAll(List.of("--config", site));
      jobs.run(job, vacuum.toArray(String[]::new)).with(0);
    }
    erase(person).with(0);

    assertEquals(Map.of(), found(traces));
    assertEquals(Map.of(), tables(traces));
    assertEquals(others, others(traces));
    assertFalse(half.out().contains(person.get(0)) || half.err().contains(person.get(0)));
    for (String job : Repository.JOBS) {
      jobs.run(job, "verify", "--config", site, "--from", FROM.toString(), "--to", last()).with(0);
    }
  }

  /** The demo's, with files of orders beside the channels. */
  private String site() throws IOException {
    Files.createDirectories(folder.resolve("drop"));
    String orders =
        """
          file:
            drop_folder: %s
            streams:
              orders:
                files: "orders-{date}.csv"
                format: csv
                columns: [{name: customer_id}, {name: order_date}, {name: amount}, {name: currency, value: KRW}]
        """
            .formatted(folder.resolve("drop"));
    String demo = Files.readString(Repository.root().resolve("examples/demo.yaml"));
    return Files.writeString(folder.resolve("site.yaml"), demo + orders).toString();
  }

  private void chain(List<String> names) {
    names.forEach(
        job -> jobs.run(job, "--config", site, "--from", FROM.toString(), "--to", last()).with(0));
  }

  private static String last() {
    return FROM.plusDays(DAYS - 1).toString();
  }

  private Ended erase(List<String> person) {
    List<String> arguments = new ArrayList<>(List.of("erase", "--config", site));
    person.forEach(id -> arguments.addAll(List.of("--subject", id)));
    return jobs.run("ingest", arguments.toArray(String[]::new));
  }

  /** Somebody with an account and an advertising id whom AppsFlyer and Mixpanel know. */
  private List<String> person() throws IOException {
    Pattern event =
        Pattern.compile(
            "\"\\$user_id\":\"(member-\\d+)\".*\"advertising_id\":\"([^\"]+)\"|\"advertising_id\":\"([^\"]+)\".*\"\\$user_id\":\"(member-\\d+)\"");
    for (Path page : files("landing/mixpanel", ".ndjson.gz")) {
      for (String line : text(page).lines().toList()) {
        Matcher one = event.matcher(line);
        if (one.find()) {
          List<String> ids =
              one.group(1) == null
                  ? List.of(one.group(4), one.group(3))
                  : List.of(one.group(1), one.group(2));
          if (found(List.of(ids.get(1))).keySet().stream()
              .anyMatch(f -> f.contains("landing/appsflyer"))) {
            return ids;
          }
        }
      }
    }
    throw new AssertionError("Nobody is known to both");
  }

  /** What stands for the ids in tables. */
  private static List<String> keys(List<String> ids) {
    try {
      List<String> keys = new ArrayList<>();
      for (String id : ids) {
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(KEY.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
        byte[] key = mac.doFinal(id.toLowerCase(Locale.ROOT).getBytes(StandardCharsets.UTF_8));
        keys.add(HexFormat.of().formatHex(key));
      }
      return keys;
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  /**
   * Files that have one of the texts, as whole words, in what they hold when unpacked; how often.
   */
  private Map<String, Long> found(List<String> texts) throws IOException {
    Pattern any =
        Pattern.compile(
            "(?<![0-9a-zA-Z])(?:" + String.join("|", texts) + ")(?![0-9a-zA-Z])",
            Pattern.CASE_INSENSITIVE);
    Map<String, Long> found = new TreeMap<>();
    for (Path file : files(".", "")) {
      long times = any.matcher(text(file)).results().count();
      if (times > 0) {
        found.put(file.toString(), times);
      }
    }
    return found;
  }

  /** The same of the rows of Parquet files, and of the marts. */
  private Map<String, Long> tables(List<String> texts) throws IOException {
    Map<String, Long> found = new TreeMap<>();
    String named = named("t", texts);
    try (DuckDb engine = new DuckDb(new EngineSettings(1, "500MB"), folder.resolve("search"));
        DuckDbSession session = engine.open()) {
      for (Path file : files("warehouse", ".parquet")) {
        long rows =
            (Long)
                session
                    .rows(
                        "select count(*) from read_parquet('%s') as t where %s"
                            .formatted(file, named))
                    .get(0)
                    .get(0);
        if (rows > 0) {
          found.put(file.toString(), rows);
        }
      }
      session.execute(
          "attach '%s' as marts (read_only)".formatted(folder.resolve("home/ltv_mart.duckdb")));
      for (List<Object> table :
          session.rows("select table_name from duckdb_tables() where database_name = 'marts'")) {
        long rows =
            (Long)
                session
                    .rows(
                        "select count(*) from marts.%s as t where %s"
                            .formatted(table.get(0), named))
                    .get(0)
                    .get(0);
        if (rows > 0) {
          found.put((String) table.get(0), rows);
        }
      }
    }
    return found;
  }

  private static String named(String row, List<String> texts) {
    return "regexp_matches(cast(%s as varchar), '\\b(%s)\\b')"
        .formatted(row, String.join("|", texts));
  }

  /** Rows that are not about the person, of the tables whose rows say whom they are about. */
  private Map<String, Long> others(List<String> texts) {
    Map<String, Long> others = new TreeMap<>();
    TableRows rows = new TableRows(Sites.below(folder.resolve("home")));
    String query = "select count(*) from t where not " + named("t", texts);
    new LakeView(Sites.below(folder.resolve("home")))
        .snapshots().keySet().stream()
            .filter(name -> name.matches("src_.*|stg_file__order"))
            .forEach(name -> others.put(name, Long.valueOf(rows.of(name, query).get(0).get(0))));
    return others;
  }

  private List<Path> files(String below, String ending) throws IOException {
    try (Stream<Path> files = Files.walk(folder.resolve("home").resolve(below))) {
      return files.filter(Files::isRegularFile).filter(f -> f.toString().endsWith(ending)).toList();
    }
  }

  private static String text(Path file) throws IOException {
    try (InputStream in = Files.newInputStream(file);
        InputStream plain = file.toString().endsWith(".gz") ? new GZIPInputStream(in) : in) {
      return new String(plain.readAllBytes(), StandardCharsets.ISO_8859_1);
    }
  }
}
