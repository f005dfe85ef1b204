package ltv.sandbox.chain;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
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
import ltv.server.MariaDbServer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A person whom every source knows asks to be forgotten. */
@Timeout(value = 15, unit = TimeUnit.MINUTES) // four jobs three times over, on a busy machine
@Tag("slow")
class EraseIT {
  private static final LocalDate FROM = LocalDate.of(2026, 11, 9);
  private static final int DAYS = 5;
  private static final String KEY = "hash-key-of-the-test";
  private static final String PHONE = "010-9999-1234";
  private static final List<String> LATER_JOBS = Repository.JOBS.subList(1, 4);

  @TempDir private Path folder;
  private World world;
  private final StringBuilder said = new StringBuilder();
  private MariaDbServer mariaDb;
  private JobProcess jobs;
  private String site;

  @BeforeEach
  void open() throws IOException {
    world = new World(20261119, FROM, DAYS, 0.4, 0, folder.resolve("drop"));
    mariaDb = MariaDbServer.start(folder);
    Map<String, String> environment = new TreeMap<>(world.environment());
    environment.put("LTV_DEMO_HOME", folder.resolve("home").toString());
    environment.put("LTV_HASH_KEY", KEY);
    environment.put("LTV_MARTS_PASSWORD", mariaDb.marts().password().reveal());
    jobs = new JobProcess(folder, environment);
    site = site();
  }

  @AfterEach
  void close() {
    world.close();
    mariaDb.close();
  }

  @Test
  void nothing_of_a_person_is_left_and_the_others_are_counted_as_before() throws IOException {
    String some = "appsflyer,mixpanel,google_sheets";
    run("ingest", "--channel", some, "--from", FROM.toString(), "--to", last()).with(0);
    List<String> ids = person();
    String mail = ids.get(0) + "@shop-canary.kr";
    orders(ids.get(0), mail);
    crm(ids.get(0), mail);
    chain(Repository.JOBS);
    List<String> hidden = List.of(ids.get(1), mail, PHONE);
    List<String> traces = new ArrayList<>(hidden);
    traces.add(ids.get(0));
    List.of(ids.get(0), ids.get(1), mail, "+821099991234").forEach(id -> traces.add(key(id)));
    List<String> all = new ArrayList<>(traces);
    all.add("1001");
    Map<String, Long> others = others(all);

    everySourceKnows(traces);
    assertEquals(Map.of(), tables(hidden), "in clear");
    assertEquals(List.of(), found(hidden).stream().filter(f -> !f.startsWith("landing/")).toList());
    assertTrue(tables(traces).toString().contains("stg_file__order"), "hashed, or by customer id");

    List<String> arguments = new ArrayList<>(List.of("erase", "--customer-id", "1001"));
    List.of(ids.get(0), ids.get(1), mail, PHONE)
        .forEach(id -> arguments.addAll(List.of("--subject", id)));
    String[] erase = arguments.toArray(String[]::new);
    List<String> killed = new ArrayList<>(arguments);
    killed.addAll(List.of("--config", site));
    jobs.start(
            "ingest",
            List.of("-Dltv.fault=before-manifest-without#3=halt"),
            killed.toArray(String[]::new))
        .end()
        .with(137);
    Ended half = run("ingest", erase).with(66);
    assertTrue(half.report().path("problems").toString().contains("warehouse/cleanse/"), half::out);
    chain(LATER_JOBS);
    LATER_JOBS.forEach(job -> run(job, JobProcess.VACUUM_ALL.toArray(String[]::new)).with(0));
    run("ingest", erase).with(0);

    assertEquals(List.of(), found(traces));
    assertEquals(Map.of(), tables(traces));
    assertEquals(others, others(all));
    for (String job : Repository.JOBS) {
      run(job, "verify", "--from", FROM.toString(), "--to", last()).with(0);
    }
    assertFalse(words(traces).matcher(said).find(), "said aloud");
  }

  private Ended run(String job, String... arguments) {
    List<String> all = new ArrayList<>(List.of(arguments));
    all.addAll(List.of("--config", site));
    Ended ended = jobs.run(job, all.toArray(String[]::new));
    said.append(ended.out()).append(ended.err());
    return ended;
  }

  private void chain(List<String> names) {
    names.forEach(job -> run(job, "--from", FROM.toString(), "--to", last()).with(0));
  }

  private static String last() {
    return FROM.plusDays(DAYS - 1).toString();
  }

  /** In files that know customers by their account, or by their address. */
  private void orders(String account, String mail) throws IOException {
    for (LocalDate day = FROM; day.isBefore(FROM.plusDays(DAYS)); day = day.plusDays(1)) {
      Files.writeString(
          folder.resolve("drop/orders-%s.csv".formatted(day)),
          "customer_id,order_date,amount\n%1$s,%3$s,1000\n%1$s0,%3$s,2500\n%2$s,%3$s,70\n"
              .formatted(account, mail, day));
    }
  }

  private void crm(String account, String mail) {
    mariaDb.run(
        """
        create table crm.customers (customer_id bigint primary key, user_id varchar(50), email varchar(80), phone varchar(20), memo text, updated_at datetime);
        create table crm.reservations (reservation_id bigint primary key, customer_id bigint, service_id bigint, memo text, updated_at datetime);
        insert into crm.customers values (1001, '%1$s', '%2$s', '%3$s', 'calls from %3$s', '2026-11-09'), (10010, '%1$s0', 'a%2$s', '0%3$s', '', '2026-11-09');
        insert into crm.reservations values (1, 1001, 5, '', '2026-11-09'), (2, 10010, 5, '', '2026-11-09');
        grant select on crm.* to '%4$s'@'%%'
        """
            .formatted(account, mail, PHONE, mariaDb.marts().user()));
  }

  /** The demo's, with files of orders, a CRM, and marts on a server. */
  private String site() throws IOException {
    Files.createDirectories(folder.resolve("drop"));
    String more =
        """
          file:
            drop_folder: %1$s
            streams:
              orders:
                files: "orders-{date}.csv"
                format: csv
                columns: [{name: customer_id}, {name: order_date}, {name: amount}, {name: currency, value: KRW}]
          crm:
            database: {url: "%2$s", user: %3$s, password: "${LTV_MARTS_PASSWORD}"}
            streams: {customer: {table: customers}, reservation: {table: reservations}}
        marts: {url: "%4$s", user: %3$s, password: "${LTV_MARTS_PASSWORD}"}
        """
            .formatted(
                folder.resolve("drop"),
                mariaDb.schema("crm").url(),
                mariaDb.marts().user(),
                mariaDb.marts().url());
    String demo = Files.readString(Repository.root().resolve("examples/demo.yaml"));
    return Files.writeString(folder.resolve("site.yaml"), demo + more).toString();
  }

  /** Somebody with an account and an advertising id whom AppsFlyer and Mixpanel know. */
  /** A test user, so that the list of these knows the person, too: account and device. */
  private List<String> person() throws IOException {
    StringBuilder lists = new StringBuilder();
    for (Path page : files("landing/google_sheets/test_users", ".gz")) {
      lists.append(text(page));
    }
    Pattern account = Pattern.compile("\"\\$user_id\":\"(member-\\d+)\"");
    Pattern device = Pattern.compile("\"advertising_id\":\"([^\"]+)\"");
    for (Path page : files("landing/mixpanel/event", ".ndjson.gz")) {
      for (String line : text(page).lines().toList()) {
        Matcher who = account.matcher(line);
        Matcher where = device.matcher(line);
        if (who.find()
            && where.find()
            && !where.group(1).startsWith("00000000-") // who opted out shares it with thousands
            && lists.indexOf('"' + who.group(1) + '"') >= 0
            && found(List.of(where.group(1))).toString().contains("landing/appsflyer")) {
          return List.of(who.group(1), where.group(1));
        }
      }
    }
    throw new AssertionError("Nobody is known to both");
  }

  private void everySourceKnows(List<String> person) throws IOException {
    String places = found(person).toString();
    for (String source :
        List.of(
            "appsflyer", "mixpanel", "google_sheets", "crm", "file", "ga4_export", "firestore")) {
      assertTrue(places.contains("landing/" + source), source + " does not know: " + places);
    }
  }

  /** What stands for an id in tables. */
  private static String key(String id) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(KEY.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
      byte[] key = mac.doFinal(id.toLowerCase(Locale.ROOT).getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(key);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  private static Pattern words(List<String> texts) {
    return Pattern.compile(
        "(?<![0-9a-zA-Z])(?:" + String.join("|", texts) + ")(?![0-9a-zA-Z@])",
        Pattern.CASE_INSENSITIVE);
  }

  /** Files below home that have one of the texts in what they hold when unpacked. */
  private List<String> found(List<String> texts) throws IOException {
    List<String> found = new ArrayList<>();
    for (Path file : files(".", "")) {
      if (words(texts).matcher(text(file)).find()) {
        found.add(folder.resolve("home").relativize(file.normalize()).toString());
      }
    }
    return found;
  }

  /** The same of the rows of Parquet files, and of the marts: how many, by file or table. */
  private Map<String, Long> tables(List<String> texts) throws IOException {
    Map<String, Long> found = new TreeMap<>();
    try (DuckDb engine = new DuckDb(new EngineSettings(1, "500MB"), folder.resolve("search"));
        DuckDbSession session = engine.open()) {
      for (Path file : files("warehouse", ".parquet")) {
        String query =
            "select count(*) from read_parquet('%s') as t where %s".formatted(file, named(texts));
        found.put(file.toString(), (Long) session.rows(query).get(0).get(0));
      }
    }
    try (Connection connection = MariaDbServer.connect(mariaDb.marts());
        Statement statement = connection.createStatement();
        ResultSet tables =
            connection
                .getMetaData()
                .getTables(connection.getCatalog(), null, "mart_%", new String[] {"TABLE"})) {
      while (tables.next()) {
        try (ResultSet rows =
            statement.executeQuery("select * from " + tables.getString("TABLE_NAME"))) {
          while (rows.next()) {
            for (int i = 1; i <= rows.getMetaData().getColumnCount(); i++) {
              boolean named = words(texts).matcher(String.valueOf(rows.getString(i))).find();
              found.merge(tables.getString("TABLE_NAME"), named ? 1L : 0L, Long::sum);
            }
          }
        }
      }
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
    assertTrue(found.keySet().stream().anyMatch(t -> t.startsWith("mart_")), "marts were read");
    found.values().removeIf(rows -> rows == 0);
    return found;
  }

  private static String named(List<String> texts) {
    return "regexp_matches(cast(t as varchar), '\\b(%s)\\b')".formatted(String.join("|", texts));
  }

  /** Rows that are not about the person, of the tables whose rows say whom they are about. */
  private Map<String, Long> others(List<String> texts) {
    Map<String, Long> others = new TreeMap<>();
    TableRows rows = new TableRows(Sites.below(folder.resolve("home")));
    String query = "select count(*) from t where not " + named(texts);
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

  /** Bytes as letters; what is packed is read unpacked. */
  private static String text(Path file) throws IOException {
    try (InputStream in = Files.newInputStream(file);
        InputStream plain = file.toString().endsWith(".gz") ? new GZIPInputStream(in) : in) {
      return new String(plain.readAllBytes(), StandardCharsets.ISO_8859_1);
    }
  }
}
