package ltv.sandbox.chain;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import ltv.config.EngineSettings;
import ltv.config.Sites;
import ltv.dataset.Repository;
import ltv.engine.DuckDb;
import ltv.engine.DuckDbSession;
import ltv.run.Metric;
import ltv.sandbox.World;
import ltv.sandbox.chain.JobProcess.Ended;
import ltv.sandbox.market.Sources;
import ltv.server.MariaDbServer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The demo in small: a simulated market, four jars over HTTP, the score; and all of it again. */
class DemoChainIT {
  private static final LocalDate FROM = LocalDate.of(2026, 11, 9);
  private static final int DAYS = 10;

  @TempDir private Path folder;
  private World world;

  private MariaDbServer mariaDb;
  private Path site;

  /**
   * The demo's site with what people searched for, and a CRM, whose server is nothing that a demo
   * could bring along.
   */
  @BeforeEach
  void open() throws IOException {
    world =
        new World(20261119, FROM, DAYS, 0.4, 0, folder.resolve("drop"))
            .toldAfter(FROM.plusDays(DAYS - 1));
    mariaDb = MariaDbServer.start(folder);
    mariaDb.run(
        """
        create table crm.customers (customer_id bigint primary key, email varchar(80), phone varchar(20), updated_at datetime(3));
        create table crm.reservations (reservation_id bigint primary key, customer_id bigint, service_id bigint, paid_amount decimal(12,2), updated_at datetime(3));
        create table crm.services (service_id bigint primary key, name varchar(40), updated_at datetime(3));
        insert into crm.customers select seq, concat('member-', seq, '@shop-canary.kr'), '010-1234-5678', '2026-11-09' from seq_1_to_1500;
        insert into crm.reservations select seq, 1 + seq %% 1500, seq %% 7, seq * 100.5, '2026-11-09' from seq_1_to_4000;
        insert into crm.services select seq, '커트', '2026-11-09' from seq_1_to_7;
        grant select on crm.* to '%s'@'%%'"""
            .formatted(mariaDb.schema("crm").user()));
    String crm =
        """
          crm:
            database: {url: "%s", user: %s, password: "${CRM_PASSWORD}"}
            streams: {customer: {}, reservation: {}, service: {}}
        """
            .formatted(mariaDb.schema("crm").url(), mariaDb.schema("crm").user());
    site = folder.resolve("demo.yaml");
    Files.writeString(
        site,
        "token_expires: {meta: 2099-01-01}\nlineage: {openlineage: {file: \"${LTV_DEMO_HOME}/lineage.jsonl\"}}\n"
            + Files.readString(Repository.root().resolve("examples/demo.yaml"))
                .replace(", keyword", ", keyword, search_term")
            + crm);
  }

  @AfterEach
  void close() {
    world.close();
    mariaDb.close();
  }

  @Test
  void four_jars_make_the_marts_exactly_and_a_second_time_find_everything_unchanged()
      throws IOException {
    Map<String, String> environment = new TreeMap<>(world.environment());
    environment.put("LTV_DEMO_HOME", folder.resolve("home").toString());
    environment.put("LTV_HASH_KEY", "hash-key-of-the-test");
    environment.put("CRM_PASSWORD", mariaDb.schema("crm").password().reveal());
    JobProcess jobs = new JobProcess(folder, environment);
    LakeView lake = new LakeView(Sites.below(folder.resolve("home")));

    Map<String, Ended> first = chain(jobs);

    assertTrue(world.truth().duplicates().get(Sources.EVENTS) > 0, "nothing to remove");
    assertEquals(0, score(environment), "score");
    machinesAreTold();
    Map<String, Long> snapshots = lake.snapshots();
    Map<String, String> contents = lake.contents();

    Map<String, Ended> second = chain(jobs);

    second.forEach(
        (job, ended) -> {
          assertEquals(0, ended.count("committed"), ended::out);
          assertEquals(partitions(first.get(job)), ended.count("unchanged"), ended::out);
        });
    assertEquals("unchanged", second.get("calculate").report().path("published").asText());
    assertEquals(snapshots, lake.snapshots());
    assertEquals(contents, lake.contents());
    secretsStayOut(environment, first, second);
    personsStayInTheLanding();
    whatNobodyHasExplainedWaits(jobs);
    ServedReports served = new ServedReports(Sites.below(folder.resolve("home")));
    served.keywordsAreServed(DAYS);
    served.pagesAreServed();
    served.searchesAreServed();
    jobs.run("ingest", "doctor", "--config", site.toString()).with(0);
    modelsAreFitted(jobs);
    valuesAreExplained(jobs);
    modelsAreListedAndPinned(jobs);
    daysAreRestated(jobs, environment);
  }

  private void modelsAreFitted(JobProcess jobs) {
    String[] fit = {"model", "fit", "--config", site.toString(), "--date", "2026-11-18"};
    Ended fitted = jobs.run("calculate", fit).with(0);
    assertTrue(
        fitted.report().path("Pareto/NBD").asText().contains("customers return"), fitted.out());
  }

  private void valuesAreExplained(JobProcess jobs) {
    List<String> asked =
        List.of("ltv", "explain", "--config", site.toString(), "--date", "2026-11-18");
    String[] known = with(asked, "--campaign", "1202100000001000000", "--horizon", "7");
    String[] unknown = with(asked, "--campaign", "nobody's");

    String told = jobs.run("calculate", known).with(0).report().path("D7").asText();
    String refused = jobs.run("calculate", unknown).with(64).err();

    String[] levels = {"ltv", "levels", "--config", site.toString(), "--date", "2026-11-18"};
    String posterior = jobs.run("calculate", levels).with(0).report().path("posterior").asText();

    assertTrue(posterior.endsWith("0 divergences: to be trusted"), posterior);
    assertTrue(told.startsWith("D7 of meta 1202100000001000000, as of 2026-11-18"), told);
    assertTrue(told.contains("its own experience") && told.contains("band"), told);
    assertTrue(refused.contains("No campaign nobody's brought or cost anything"), refused);
  }

  /** Two months of a market are little for models: some cannot be fitted, and cannot be pinned. */
  private void modelsAreListedAndPinned(JobProcess jobs) {
    List<String> asked = List.of("--config", site.toString(), "--date", "2026-11-18");
    JsonNode listed = jobs.run("calculate", with(List.of("model", "list"), asked)).with(0).report();
    jobs.run("calculate", with(List.of("model", "compare"), asked)).with(0);

    for (String version : List.of("bg_nbd=2026-11-16", "gamma_gamma=2026-11-16")) {
      Ended shown = jobs.run("calculate", with(List.of("model", "show"), asked, version)).with(0);
      Ended pinned = jobs.run("calculate", with(List.of("model", "pin"), asked, version));

      assertTrue(shown.report().path(version).asText().contains("log-likelihood"), shown.out());
      if (listed.path(version).asText().contains(" failed ")) {
        assertTrue(pinned.with(64).err().contains("it cannot be used"), pinned.err());
      } else {
        assertTrue(pinned.with(0).out().contains("  pins: {" + version.replace("=", ": ")));
      }
    }
    String[] unknown = with(List.of("model", "show"), asked, "mbg_nbd=2020-01-06");
    assertTrue(jobs.run("calculate", unknown).with(64).err().contains("No model mbg_nbd=2020"));
  }

  private static String[] with(List<String> command, List<String> asked, String... more) {
    return Stream.of(command.stream(), asked.stream(), Stream.of(more))
        .flatMap(all -> all)
        .toArray(String[]::new);
  }

  private static String[] with(List<String> asked, String... more) {
    return Stream.concat(asked.stream(), Stream.of(more)).toArray(String[]::new);
  }

  /** Google's campaigns are in no guide, one of them is known by its name; nor is an event. */
  private void whatNobodyHasExplainedWaits(JobProcess jobs) {
    String[] asked = {"inbox", "--config", site.toString(), "--date", "2026-11-18"};

    Ended inbox = jobs.run("process", asked).with(0);

    for (String told :
        List.of(
            "2026-11-18 확인할 목록",
            "Inbox of 2026-11-18",
            "google_ads KR_UAC_구매  (naming)",
            "google_ads,21987654321,\"KR_UAC_구매\",KR,,구매,",
            "ga4_export,\"lookbook_opened\",",
            "mixpanel,\"lookbook_opened\",")) {
      assertTrue(inbox.out().contains(told), () -> told + " is not in " + inbox.out());
    }
    assertEquals("6", inbox.report().path("campaigns").asText());
    assertEquals("2", inbox.report().path("events").asText());
    asked[4] = "2026-12-24";
    jobs.run("process", asked).with(66);
  }

  /** What channels say later replaces what they said, exactly, and both are told. */
  private void daysAreRestated(JobProcess jobs, Map<String, String> environment)
      throws IOException {
    Path first = truth("first.json");
    world = world.settled();
    mariaDb.run(
        """
        delete from crm.customers where customer_id % 10 = 3;
        update crm.reservations set paid_amount = 7, updated_at = '2026-11-01' where reservation_id % 100 = 1;
        insert into crm.reservations select seq, 5, 1, 20.25, '2026-11-18' from seq_5001_to_5100""");

    chain(jobs);

    assertEquals(
        0, score(environment, "--earlier", first.toString()), "score of the restated days");
    TableRows rows = new TableRows(Sites.below(folder.resolve("home")));
    assertEquals(
        count("select cast(sum(paid_amount) * 100 as int) from crm.reservations") + "",
        rows.of("src_crm__reservation", "select cast(sum(paid_amount) * 100 as bigint) from t")
            .get(0)
            .get(0));
    assertEquals(
        List.of(
            List.of("adison cost"),
            List.of("apple_search_ads spend"),
            List.of("google_ads cost_micros"),
            List.of("meta spend"),
            List.of("naver_search_ad cost")),
        rows.of(
            "src_restatement",
            "select distinct channel || ' ' || metric from t where metric in ('cost', 'spend', 'cost_micros') and new_value > old_value and run_id <> old_run_id order by 1"));
  }

  private Path truth(String name) throws IOException {
    for (String table : List.of("customers", "reservations", "services")) {
      String dataset = "src_crm__" + table.replaceFirst("s$", "");
      long rows = count("select count(*) from crm." + table);
      world.truth().rowsServed().put(dataset, Map.of(FROM.plusDays(DAYS - 1) + "", rows));
    }
    Path file = folder.resolve(name);
    new ObjectMapper().writeValue(file.toFile(), world.truth());
    return file;
  }

  private long count(String query) {
    try (Connection connection = mariaDb.administrator();
        Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(query)) {
      row.next();
      return row.getLong(1);
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  private Map<String, Ended> chain(JobProcess jobs) {
    Map<String, Ended> ends = new LinkedHashMap<>();
    for (String job : Repository.JOBS) {
      Ended ended =
          jobs.run(
                  job,
                  "--config",
                  site.toString(),
                  "--from",
                  FROM.toString(),
                  "--to",
                  FROM.plusDays(DAYS - 1).toString())
              .with(0);
      assertEquals(1, ended.out().lines().count(), "a run says one line: " + ended.out());
      assertEquals(job, ended.report().path("job").asText());
      ends.put(job, ended);
    }
    return ends;
  }

  private static long partitions(Ended ended) {
    return ended.count("committed") + ended.count("unchanged");
  }

  /** By the sandbox's own jar, as the launcher does it. */
  private int score(Map<String, String> environment, String... more) throws IOException {
    List<String> arguments =
        new ArrayList<>(
            List.of(
                "score", "--config", site.toString(), "--truth", truth("truth.json").toString()));
    arguments.addAll(List.of(more));
    Ended scored =
        new JobProcess(folder, environment).run("sandbox", arguments.toArray(String[]::new));
    assertFalse(scored.out().contains("  NO"), scored::out);
    return scored.exit();
  }

  @SafeVarargs
  private void secretsStayOut(Map<String, String> environment, Map<String, Ended>... chains)
      throws IOException {
    List<String> secrets =
        new ArrayList<>(
            environment.entrySet().stream()
                .filter(e -> e.getKey().matches(".*(TOKEN|SECRET|KEY)"))
                .map(Map.Entry::getValue)
                .toList());
    assertEquals(13, secrets.size());
    secrets.addAll(
        List.of(
            "sandbox-google-access-",
            "sandbox-apple-access-",
            "sandbox-sheets-access-",
            "sandbox-ga4-access-",
            "sandbox-bigquery-access-",
            "sandbox-firestore-access-",
            "MIIEv")); // issued on the way
    Map<String, String> texts = new TreeMap<>();
    for (Map<String, Ended> chain : chains) {
      chain.forEach((job, ended) -> texts.put(job + texts.size(), ended.out() + ended.err()));
    }
    try (Stream<Path> files = Files.walk(folder.resolve("home"))) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        texts.put(file.toString(), text(file));
      }
    }
    List<String> found = new ArrayList<>();
    texts.forEach(
        (place, text) ->
            secrets.stream().filter(text::contains).forEach(s -> found.add(place + ": " + s)));
    assertEquals(List.of(), found);
  }

  /** Every figure but those of what this site lacks: call limits, readers, a past to try on. */
  private void machinesAreTold() throws IOException {
    ToldRuns told = new ToldRuns(folder.resolve("home"));
    Set<String> expected =
        Stream.of(Metric.values()).map(Metric::published).collect(Collectors.toSet());
    expected.removeAll(
        Set.of(
            "ltv_call_budget_used",
            "ltv_call_budget_allowed",
            "ltv_reports_untold",
            "ltv_model_trial_error_ratio"));
    Set<String> figures = new TreeSet<>();
    for (String job : Repository.JOBS) {
      figures.addAll(told.figures("demo_" + job + "_backfill"));
      assertTrue(told.figure("demo_" + job + "_backfill", "ltv_run_exit_code").endsWith(" 0.0"));
      assertEquals("ended", told.newest(job).path("state").asText());
    }
    assertEquals(new TreeSet<>(expected), figures);
    List<String> events = Files.readAllLines(folder.resolve("home/lineage.jsonl"));
    for (String built : List.of("ingest.src_meta__insights", "calculate.mart_ltv_campaign")) {
      assertEquals(
          2,
          events.stream().filter(e -> e.contains("\"name\":\"" + built + "\",\"facets\"")).count());
    }
    assertTrue(events.stream().noneMatch(e -> e.contains("\"FAIL\"")), "nothing failed");
  }

  /** Ids of users and devices, addresses, numbers and names stand in no row of any table. */
  private void personsStayInTheLanding() throws IOException {
    String person =
        "shop-canary|Canary|010-[0-9]{4}-[0-9]{4}|member-[0-9]+|[0-9]{13}-[0-9]{7}|[0-9a-f]{8}-0000-4000-8000-";
    List<String> found = new ArrayList<>();
    try (DuckDb engine = new DuckDb(new EngineSettings(1, "500MB"), folder.resolve("search"));
        DuckDbSession session = engine.open()) {
      for (Path file : files("warehouse", ".parquet")) {
        String rows =
            "select count(*) from read_parquet('%s') as t where regexp_matches(cast(t as varchar), '%s')"
                .formatted(file, person);
        if (!session.rows(rows).get(0).get(0).equals(0L)) {
          found.add(file.toString());
        }
      }
    }
    assertEquals(List.of(), found);
    for (String channel : List.of("appsflyer", "mixpanel", "ga4_export", "firestore", "crm")) {
      boolean landed = false;
      for (Path page : files("landing/" + channel, ".gz")) {
        landed |= Pattern.compile(person).matcher(text(page)).find();
      }
      assertTrue(landed, channel + " sends nobody");
    }
  }

  private List<Path> files(String below, String ending) throws IOException {
    try (Stream<Path> files = Files.walk(folder.resolve("home").resolve(below))) {
      return files.filter(f -> f.toString().endsWith(ending)).toList();
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
