package ltv.sandbox.chain;

import static ltv.sandbox.chain.FileSite.day;
import static ltv.sandbox.chain.FileSite.days;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import ltv.dataset.Repository;
import ltv.lake.LedgerEntry;
import ltv.sandbox.World;
import ltv.sandbox.chain.JobProcess.Ended;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is wrong is named: the flag, the setting, the file, the line; what was right stays. */
class BadInputIT {
  @TempDir private Path folder;
  private FileSite site;

  @BeforeEach
  void open() {
    site = new FileSite(folder);
  }

  private static void assertSays(Ended ended, String... words) {
    for (String word : words) {
      assertTrue(ended.err().contains(word), () -> word + " is not in\n" + ended.err());
    }
  }

  @Test
  void without_a_day_every_job_shows_the_ways_to_give_one_and_ends_with_64() {
    for (String job : Repository.JOBS) {
      Ended ended = site.run(job).with(64);

      assertSays(ended, "--date 2026-11-19", "--from", "--data-interval-start", "clock");
      assertEquals(64, ended.report().path("exit").asInt());
    }
  }

  @Test
  void an_unknown_flag_dataset_or_channel_is_refused_by_name() {
    assertSays(site.run("cleanse", "--dates", "2026-11-01").with(64), "--dates", "--help");
    assertSays(
        site.run("cleanse", "--date", "2026-11-01", "--dataset", "stg_ordr").with(64),
        "stg_ordr",
        "known are",
        "stg_order");
    assertSays(
        site.run("ingest", "--date", "2026-11-01", "--channel", "fax").with(64), "no channel fax");
    assertSays(
        site.run("ingest", "--date", "2026-11-01", "--channel", "meta").with(99),
        "no channel meta");
  }

  @Test
  void every_problem_of_a_site_file_is_listed_and_ends_with_78() throws IOException {
    Files.writeString(
        site.config(),
        """
        site: My Shop
        time_zone: Asia/Seoul
        reporting_currency: WON
        channels:
          file:
            drop_foldr: x
          fax: {}
        """);

    for (String job : List.of("ingest", "calculate")) {
      Ended ended = site.run(job, days(1, 1)).with(78);

      assertSays(
          ended, "site.yaml has", "time_zone", "timezone", "home", "[a-z0-9_-]+", "ISO code");
      if (job.equals("ingest")) {
        assertSays(ended, "drop_foldr", "drop_folder", "fax");
      }
    }
    assertFalse(Files.exists(site.home()));
  }

  @Test
  void a_missing_required_day_ends_with_66_and_writes_nothing() {
    site.sell(1, "o1,ann,100");
    site.run("ingest", days(1, 1)).with(0);
    Map<String, Long> before = site.lake().snapshots();

    Ended cleanse = site.run("cleanse", days(2, 2)).with(66);
    Ended ingest = site.run("ingest", days(2, 2)).with(66);

    assertSays(cleanse, "stg_file__order/2026-11-02", "src_file__orders/2026-11-02", "run ingest");
    assertSays(ingest, "orders-2026-11-02.csv", "drop it there");
    Map<String, Long> after = new TreeMap<>(site.lake().snapshots());
    Repository.datasets().all().stream()
        .filter(d -> d.schema().standing())
        .forEach(d -> after.remove(d.name()));
    assertEquals(before, after, "but for what holds on every day");
  }

  @Test
  void plan_status_and_dry_run_write_nothing() throws IOException {
    site.sell(1, "o1,ann,100");
    site.run("ingest", days(1, 1)).with(0);
    Set<String> before = files();

    for (String job : List.of("ingest", "cleanse")) {
      for (String[] how :
          new String[][] {
            {"plan", "--date", "2026-11-01"},
            {"status", "--date", "2026-11-01"},
            {"--dry-run", "--date", "2026-11-01"}
          }) {
        Ended ended = site.run(job, how).with(0);
        assertTrue(ended.out().lines().count() > 1, ended::out);
        assertEquals(job, ended.report().path("job").asText());
      }
    }

    assertEquals(before, files());
  }

  /** Files of the site with their sizes; the database's journal comes and goes with a reader. */
  private Set<String> files() throws IOException {
    try (Stream<Path> all = Files.walk(site.home())) {
      return all.filter(f -> !f.getFileName().toString().startsWith("state.db-"))
          .map(f -> f + (Files.isRegularFile(f) ? " " + f.toFile().length() : ""))
          .collect(Collectors.toSet());
    }
  }

  @Test
  void a_row_with_a_bad_number_lies_in_quarantine_and_the_others_count() {
    site.write(1, "order,customer,day,amount\no1,ann,2026-11-01,100\no2,bob,2026-11-01,1O0\n");
    site.run("ingest", days(1, 1)).with(0);
    site.run("cleanse", days(1, 1)).with(0);

    LedgerEntry judged = site.lake().entry("stg_file__order", day(1)).orElseThrow();
    assertEquals(Map.of("unreadable_value", 1L), judged.removed());
    assertEquals(2, judged.rowsOut());
    assertEquals(1, site.lake().entry("quarantine", day(1)).orElseThrow().rowsOut());
    assertEquals(1, site.lake().entry("stg_order", day(1)).orElseThrow().rowsOut());
    assertEquals(
        List.of(List.of("unreadable_value", "amount=1O0", "page-000001.csv.gz#2")),
        new TableRows(site.settings())
            .of(
                "quarantine",
                "select reason, observed_value, regexp_extract(raw_ref, '[^/]*$') from t"));
  }

  @Test
  void an_unknown_column_is_no_reason_to_refuse_a_file() {
    site.write(1, "customer,colour,order,day,amount\nann,red,o1,2026-11-01,100\n");

    site.run("ingest", days(1, 1)).with(0);

    assertEquals(
        List.of(List.of("o1", "ann", "100.0000")),
        new TableRows(site.settings())
            .of("src_file__orders", "select order_id, customer_id, amount from t"));
  }

  @Test
  void a_missing_column_and_a_cut_off_file_refuse_their_day_and_leave_the_rows_of_before()
      throws IOException {
    site.sell(1, "o1,ann,100");
    site.sell(2, "o2,bob,50");
    site.run("ingest", days(1, 2)).with(0);
    Map<String, String> before = site.lake().contents();

    site.write(1, "order,day,amount\no1,2026-11-01,100\n");
    Files.delete(site.drop().resolve("orders-2026-11-02.csv"));
    byte[] zipped = gzip("order,customer,day,amount\no2,bob,2026-11-02,51\n");
    Files.write(
        site.drop().resolve("orders-2026-11-02.csv.gz"), Arrays.copyOf(zipped, zipped.length - 12));
    Ended refused = site.run("ingest", days(1, 2)).with(65);

    assertSays(refused, "orders-2026-11-01.csv lacks the required column customer");
    assertSays(refused, "orders-2026-11-02.csv.gz is cut off", "deliver the file again");
    assertEquals(2, refused.count("failed"));
    assertEquals(before, site.lake().contents());
  }

  private static byte[] gzip(String text) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (GZIPOutputStream out = new GZIPOutputStream(bytes)) {
      out.write(text.getBytes(StandardCharsets.UTF_8));
    }
    return bytes.toByteArray();
  }

  @Test
  void a_refused_token_ends_with_77_names_its_setting_and_touches_nothing() {
    LocalDate from = LocalDate.of(2026, 11, 1);
    try (World world = new World(3, from, 2, 0.1, 0, site.home().resolve("dropped"))) {
      Map<String, String> environment = new TreeMap<>(world.environment());
      environment.put("LTV_DEMO_HOME", site.home().toString());
      environment.put("LTV_HASH_KEY", "hash-key-of-the-test");
      read(environment, from).with(0);
      Map<String, String> before = site.lake().contents();

      environment.put("META_ACCESS_TOKEN", "expired-token-of-the-test");
      environment.put("APPSFLYER_TOKEN", "revoked-token-of-the-test");
      Ended refused = read(environment, from).with(77);

      assertSays(refused, "channels.meta.access_token", "channels.appsflyer.api_token");
      assertFalse((refused.err() + refused.out()).contains("-token-of-the-test"), refused::err);
      assertEquals(before, site.lake().contents());
    }
  }

  private Ended read(Map<String, String> environment, LocalDate day) {
    String demo = Repository.root().resolve("examples/demo.yaml").toString();
    return new JobProcess(folder, environment)
        .run("ingest", "--config", demo, "--from", day.toString(), "--to", day.toString());
  }
}
