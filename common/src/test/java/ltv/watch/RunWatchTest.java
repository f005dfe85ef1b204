package ltv.watch;

import static ltv.watch.WatchedSite.DAY;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import ltv.run.Metric;
import ltv.run.RunReport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.api.parallel.Resources;

/** Runs print their last line. */
@ResourceLock(Resources.SYSTEM_OUT)
class RunWatchTest {
  private static final String FILE = "ltv_watched_cleanse_run.prom";
  private static final String OF_RUN = "{command=\"run\",site=\"watched\",stage=\"cleanse\"} ";

  @TempDir private Path folder;

  private WatchedSite site(String settings) throws IOException {
    return new WatchedSite(folder, settings, Map.of("KEY", "canary-key"));
  }

  @Test
  void a_run_leaves_a_report_of_what_it_did() throws IOException {
    try (WatchedSite site = site("").sell(DAY)) {
      assertEquals(0, site.cleanse("--date", DAY.toString(), "--dataset", "stg_sale"));

      JsonNode report = site.report();
      assertEquals("ended", report.path("state").asText());
      assertEquals(
          "cleanse run 0",
          text(report, "job") + " " + text(report, "command") + " " + text(report, "exit"));
      assertEquals("committed, or unchanged", text(report, "meaning"));
      assertEquals(DAY.toString(), report.at("/flags/days").asText());
      assertEquals(64, report.at("/flags/config_sha256").asText().length());
      JsonNode sales = report.at("/datasets/stg_sale");
      assertEquals(3, sales.path("rows").asLong());
      assertEquals("{\"duplicate\":1}", sales.path("removed").toString());
      assertEquals("{\"committed\":1}", sales.path("ends").toString());
      assertEquals(DAY.toString(), text(sales, "newest_day"));
      assertEquals(3, sales.at("/partitions/" + DAY + "/rows").asLong());
      assertEquals(text(sales, "snapshot"), sales.at("/partitions/" + DAY + "/snapshot").asText());
      assertEquals(snapshot(site, "src_shop__sales"), sales.at("/inputs/src_shop__sales").asText());
      assertTrue(sales.path("seconds").asDouble() > 0, sales.toString());
      assertTrue(report.path("figures").toString().contains("ltv_run_memory_peak_bytes"));
      assertEquals(0, report.path("problems_total").asInt());
    }
  }

  private static String text(JsonNode of, String field) {
    return of.path(field).asText();
  }

  private static String snapshot(WatchedSite site, String dataset) {
    var opened = site.site().opened("cleanse");
    return opened.lake().pin(opened.datasets().get(dataset).table()).snapshotName();
  }

  @Test
  void a_run_that_never_ends_is_known_by_its_report() throws IOException {
    try (WatchedSite site = site("")) {
      site.cleanse(
          report -> {
            try {
              assertEquals("started", site.report().path("state").asText());
            } catch (IOException e) {
              throw new AssertionError(e);
            }
          },
          "--date",
          DAY.toString());

      assertEquals("ended", site.report().path("state").asText());
      assertEquals(66, site.report().path("exit").asInt());
      assertEquals(1, WatchedSite.files(site.home().resolve("warehouse/_runs")).size());
    }
  }

  @Test
  void the_newest_report_that_tells_of_a_day_says_why_it_was_not_built() throws IOException {
    try (WatchedSite site = site("").sell(DAY)) {
      String next = DAY.plusDays(1).toString();
      site.cleanse("--date", DAY.toString(), "--dataset", "stg_sale");
      site.cleanse("--from", next, "--to", next, "--dataset", "stg_sale");
      LocalDate today = LocalDate.ofInstant(Clock.systemUTC().instant(), ZoneOffset.UTC);

      String why = RunFile.whys(site.settings(), "cleanse", today).get("stg_sale/" + next);
      assertTrue(why.startsWith("was not built: "), why);
      assertEquals(
          Map.of(), RunFile.whys(site.settings(), "cleanse", today.plusDays(2)), "none so young");
      assertEquals(Map.of(), RunFile.whys(site.settings(), "ingest", today), "another job");

      site.sell(DAY.plusDays(1)).cleanse("--from", next, "--to", next, "--dataset", "stg_sale");
      assertEquals(Map.of(), RunFile.whys(site.settings(), "cleanse", today), "built since");
    }
  }

  @Test
  void reports_of_runs_go_when_they_are_old() throws IOException {
    try (WatchedSite site = site("")) {
      site.cleanse("--date", DAY.toString());
      Instant now = Clock.systemUTC().instant();

      assertEquals(0, RunFile.removeBefore(site.settings(), now.minus(Duration.ofDays(1))));
      assertEquals(1, RunFile.removeBefore(site.settings(), now.plus(Duration.ofDays(2))));
      assertEquals(List.of(), WatchedSite.files(site.home().resolve("warehouse/_runs")));
    }
  }

  @Test
  void figures_of_the_last_run_are_in_the_textfile() throws IOException {
    try (WatchedSite site = site("").sell(DAY)) {
      assertEquals(0, site.cleanse("--from", DAY.toString(), "--to", DAY.toString()));
      site.sell(DAY.plusDays(1)).cleanse("--date", DAY.plusDays(1).toString());

      assertEquals("ltv_run_exit_code" + OF_RUN + "0.0", site.figure(FILE, "ltv_run_exit_code"));
      assertEquals(
          "# HELP ltv_run_exit_code What it ended with.", site.figure(FILE, "# HELP ltv_run_exit"));
      assertEquals("# TYPE ltv_run_exit_code gauge", site.figure(FILE, "# TYPE ltv_run_exit"));
      String sales = "{command=\"run\",dataset=\"stg_sale\",";
      assertTrue(site.figure(FILE, "ltv_dataset_rows" + sales).endsWith(" 3.0"));
      assertTrue(
          site.figure(FILE, "ltv_dataset_removed_rows" + sales + "reason=\"duplicate\"")
              .endsWith(" 1.0"));
      assertTrue(
          site.figure(FILE, "ltv_dataset_partitions" + sales + "end=\"committed\"")
              .endsWith(" 1.0"));
      assertTrue(site.figure(FILE, "ltv_dataset_held_partitions" + sales).endsWith(" 0.0"));
      assertTrue(site.figure(FILE, "ltv_dataset_lag_seconds" + sales).endsWith(" 0.0"));
      // 2026-11-02 begins in Seoul
      assertTrue(
          site.figure(FILE, "ltv_dataset_newest_day_timestamp_seconds" + sales)
              .endsWith(" 1.7935452E9"));
      for (Metric metric :
          List.of(
              Metric.RUN_ENDED,
              Metric.RUN_SUCCEEDED,
              Metric.RUN_DURATION,
              Metric.RUN_MEMORY,
              Metric.RUN_SPILL,
              Metric.DATASET_DURATION)) {
        assertNotEquals("", site.figure(FILE, metric.published() + "{"), metric.published());
      }
      // a backfill is no daily run
      assertNotEquals(
          "",
          site.figure("ltv_watched_cleanse_backfill.prom", "ltv_run_success_timestamp_seconds{"));
      assertEquals(
          2,
          WatchedSite.files(site.home().resolve("metrics")).size(),
          "nothing is left beside them");
    }
  }

  @Test
  void a_failure_keeps_the_time_of_the_last_success() throws IOException {
    try (WatchedSite site = site("").sell(DAY)) {
      site.cleanse("--date", DAY.toString());
      String success = site.figure(FILE, "ltv_run_success_timestamp_seconds");
      String end = site.figure(FILE, "ltv_run_end_timestamp_seconds");

      assertEquals(69, site.cleanse(WatchedSite.failing("away"), "--date", DAY.toString()));

      assertEquals(success, site.figure(FILE, "ltv_run_success_timestamp_seconds"));
      assertNotEquals(end, site.figure(FILE, "ltv_run_end_timestamp_seconds"));
      assertEquals("ltv_run_exit_code" + OF_RUN + "69.0", site.figure(FILE, "ltv_run_exit_code"));
    }
  }

  @Test
  void what_was_held_and_what_lags_is_told() throws IOException {
    try (WatchedSite site = site("").sell(DAY)) {
      site.cleanse("--date", DAY.toString());
      site.site().sell(DAY.plusDays(2), "a 1000", "b 2000");

      assertEquals(65, site.cleanse("--date", DAY.plusDays(2).toString()));

      String sales = "{command=\"run\",dataset=\"stg_sale\",";
      assertTrue(site.figure(FILE, "ltv_dataset_held_partitions" + sales).endsWith(" 1.0"));
      assertTrue(site.figure(FILE, "ltv_dataset_lag_seconds" + sales).endsWith(" 172800.0"));
      assertTrue(
          site.figure(FILE, "ltv_dataset_partitions" + sales + "end=\"held\"").endsWith(" 1.0"));
      assertEquals(
          "held",
          site.report().at("/datasets/stg_sale/partitions/" + DAY.plusDays(2) + "/end").asText());
    }
  }

  @Test
  void a_run_of_some_datasets_says_nothing_of_the_job() throws IOException {
    try (WatchedSite site = site("").sell(DAY)) {
      site.cleanse("--date", DAY.toString(), "--dataset", "stg_sale");

      assertEquals(List.of(), WatchedSite.files(site.home().resolve("metrics")));
    }
  }

  @Test
  void a_pushgateway_gets_the_figures_and_a_failure_leaves_it_the_last_success()
      throws IOException {
    try (Listener gateway = new Listener(200);
        WatchedSite site =
            site("metrics: {pushgateway: {url: \"" + gateway.url() + "/\"}}").sell(DAY)) {
      site.cleanse("--date", DAY.toString());
      site.cleanse(WatchedSite.failing("away"), "--date", DAY.toString());

      Listener.Heard good = gateway.heard().get(0);
      Listener.Heard bad = gateway.heard().get(1);
      assertEquals("POST /metrics/job/ltv/site/watched/stage/cleanse/command/run", good.request());
      assertEquals(good.request(), bad.request(), "a run id in the group would grow for ever");
      assertEquals("text/plain; version=0.0.4; charset=utf-8", good.contentType());
      assertTrue(good.body().contains("\nltv_run_success_timestamp_seconds" + OF_RUN), good.body());
      assertFalse(bad.body().contains("ltv_run_success_timestamp_seconds"), bad.body());
      assertTrue(bad.body().contains("\nltv_run_exit_code" + OF_RUN + "69.0\n"), bad.body());
    }
  }

  @Test
  void who_does_not_listen_costs_no_run_and_seconds_at_most() throws IOException {
    int closed;
    try (ServerSocket socket = new ServerSocket(0)) {
      closed = socket.getLocalPort();
    }
    try (Listener dumb = new Listener(Listener.NEVER);
        WatchedSite site =
            site("metrics: {pushgateway: {url: \"http://127.0.0.1:%d\"}}\nlineage: {openlineage: {url: \"%s/api/v1/lineage\"}}"
                    .formatted(closed, dumb.url()))
                .sell(DAY)) {
      long started = System.nanoTime();

      assertEquals(0, site.cleanse("--date", DAY.toString()));

      Duration took = Duration.ofNanos(System.nanoTime() - started);
      assertTrue(took.compareTo(Duration.ofSeconds(10)) < 0, took.toString());
      assertEquals(1, dumb.heard().size(), "who has not answered is not asked again");
      assertEquals("ended", site.report().path("state").asText());
      assertNotEquals("", site.figure(FILE, "ltv_run_success_timestamp_seconds"));
    }
  }

  @Test
  void a_place_that_cannot_be_written_costs_no_run() throws IOException {
    Path blocked = Files.writeString(folder.resolve("blocked"), "a file");
    try (WatchedSite site =
        site("metrics: {textfile: %1$s/in}\nlineage: {openlineage: {file: %1$s/in/events}}"
                .formatted(blocked))
            .sell(DAY)) {
      Files.createDirectories(site.home().resolve("warehouse"));
      Files.writeString(site.home().resolve("warehouse/_runs"), "a file");

      assertEquals(0, site.cleanse("--date", DAY.toString()));
    }
  }

  @Test
  void no_secret_gets_out_whatever_a_message_says() throws IOException {
    String said =
        "GET http://u:canary-user@x/?access_token=canary-url&a=1 with canary-key, canary-token, Bearer canary-bearer123 refused";
    try (Listener listener = new Listener(200);
        WatchedSite site =
            site("metrics: {pushgateway: {url: \"%1$s\"}}\nlineage: {openlineage: {url: \"%1$s\", api_key: \"${KEY}\"}}"
                    .formatted(listener.url()))
                .sell(DAY)) {
      RunReport[] reported = new RunReport[1];
      site.cleanse(
          report -> {
            reported[0] = report;
            report.fact("token.shop", said);
            WatchedSite.failing(said).run(report);
          },
          "--date",
          DAY.toString());

      assertTrue(
          site.report()
              .path("problems")
              .get(0)
              .asText()
              .startsWith("GET http://***@x/?access_token=***&a=1 with ***"),
          site.report().path("problems").toString());
      assertEquals(said, reported[0].problems().get(0), "the canaries were there");
      StringBuilder all = new StringBuilder();
      for (String below : List.of("warehouse/_runs", "metrics")) {
        for (Path file : WatchedSite.files(site.home().resolve(below))) {
          all.append(Files.readString(file));
        }
      }
      listener.heard().forEach(heard -> all.append(heard.body()));
      assertTrue(all.toString().contains("errorMessage"), "the event of the failure was looked at");
      assertFalse(all.toString().contains("canary"), all.toString());
      assertEquals("Bearer canary-key", listener.heard().get(0).authorization());
    }
  }
}
