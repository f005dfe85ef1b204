package ltv.ingest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import ltv.config.Sites;
import ltv.dataset.Repository;
import ltv.ingest.http.FakeApiServer;
import ltv.ingest.http.FakeApiServer.Answer;
import ltv.lake.Lake;
import ltv.lake.LedgerEntry;
import ltv.lake.Partition;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.api.parallel.Resources;

/** Two apps over some days: which calls are made, and what a day holds when one app is silent. */
@ResourceLock(Resources.SYSTEM_OUT)
class AppReadingTest {
  private static final String DATASET = "src_appsflyer__in_app_events";
  private static final LocalDate DAY = LocalDate.of(2026, 3, 14);
  private static final Answer EVENTS =
      Answer.of(
          200,
          """
          Install Time,Event Time,Event Name,Media Source,AppsFlyer ID,App ID
          2026-03-02 09:00:00,2026-03-14 11:19:00,af_login,organic,1741000000000-1,com.example.app
          2026-03-02 09:00:00,2026-03-14 11:20:00,af_login,organic,1741000000000-2,com.example.app
          """);
  private static final Answer NOTHING =
      Answer.of(200, EVENTS.body().lines().findFirst().orElseThrow() + "\n");
  private static final Answer GONE = Answer.of(404, "App not found");

  @TempDir private Path folder;
  private final FakeApiServer server = new FakeApiServer();
  private LocalDate lastDay = LocalDate.now(ZoneOffset.UTC).plusDays(30);

  @BeforeEach
  void write() throws IOException {
    write("");
  }

  private void write(String limits) throws IOException {
    Files.writeString(
        folder.resolve("site.yaml"),
        """
        site: apps
        home: %s
        personal_data: {hash_key: key-of-the-test, hash_key_id: k1}
        call_limits: {appsflyer: [%s]}
        token_expires: {appsflyer: %s}
        channels:
          appsflyer:
            base_url: %s
            api_token: token-of-the-test
            apps: [{id: com.example.app, timezone: Asia/Seoul}, {id: com.example.two, timezone: Asia/Seoul}]
        """
            .formatted(folder.resolve("home"), limits, lastDay, server.address()));
  }

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void the_others_day_is_committed_and_says_who_is_missing() throws IOException {
    answers(EVENTS, GONE);

    Ended ended = run(DAY, DAY);

    assertEquals(77, ended.exit());
    assertTrue(
        ended.out().contains("2026-03-14 of account com.example.two was not read"), ended.out());
    LedgerEntry entry = entry(DAY);
    assertEquals(2, entry.rowsOut(), "the app that answers is there");
    assertEquals(List.of(DATASET + "/2026-03-14/account=com.example.two"), entry.missing());

    answers(EVENTS, NOTHING);
    assertEquals(0, run(DAY, DAY).exit(), "it came back");
    assertEquals(List.of(), entry(DAY).missing());
  }

  @Test
  void machines_are_told_of_calls_limits_and_tokens() throws IOException {
    write("{report: in_app_events_report, calls: 6, every: day}, {calls: 60, every: minute}");
    answers(EVENTS, NOTHING);

    Path site = folder.resolve("site.yaml");
    Files.writeString(
        site,
        Files.readString(site).replace("api_token:", "reports: [in_app_events]\n    api_token:")
            + "lineage: {openlineage: {file: %s/events}}\n".formatted(folder));

    Ended ended =
        Ended.run(
            "--channel", "appsflyer", "--config", site + "", "--from", DAY + "", "--to", DAY + "");

    assertEquals(0, ended.exit(), ended.out());
    String figures =
        Files.readString(folder.resolve("home/metrics/ltv_apps_ingest_backfill_appsflyer.prom"));
    String of = "{channel=\"appsflyer\",channels=\"appsflyer\",command=\"backfill\",";
    String rest = "site=\"apps\",stage=\"ingest\"} ";
    long over = lastDay.plusDays(1).atStartOfDay(ZoneId.of("Asia/Seoul")).toEpochSecond();
    for (String line :
        List.of(
            "ltv_api_calls" + of + rest + "4.0",
            "ltv_api_waits" + of + rest + "0.0",
            "ltv_api_wait_seconds" + of + rest + "0.0",
            "ltv_call_budget_used"
                + of
                + "period=\"day\",report=\"in_app_events_report\","
                + rest
                + "2.0",
            "ltv_call_budget_allowed"
                + of
                + "period=\"day\",report=\"in_app_events_report\","
                + rest
                + "6.0",
            "ltv_call_budget_allowed" + of + "period=\"minute\",report=\"all\"," + rest + "60.0",
            "ltv_token_expiry_timestamp_seconds" + of + rest + (double) over)) {
      assertTrue(figures.contains("\n" + line + "\n"), line + "\n" + figures);
    }
    JsonNode report = report();
    assertEquals("backfill", report.path("command").asText());
    assertEquals("[\"appsflyer\"]", report.at("/flags/channel").toString());
    assertEquals(
        "[\"appsflyer/in_app_events\"]", report.at("/datasets/" + DATASET + "/sources").toString());
    String landed = folder.resolve("home/landing/appsflyer/in_app_events").toString();
    assertTrue(Files.isDirectory(Path.of(landed)));
    assertTrue(
        Files.readString(folder.resolve("events"))
            .contains("\"inputs\":[{\"namespace\":\"file\",\"name\":\"" + landed + "\","));
    assertTrue(report.path("figures").toString().contains("ltv_call_budget_used"));
  }

  private JsonNode report() throws IOException {
    try (Stream<Path> files = Files.walk(folder.resolve("home/warehouse/_runs"))) {
      Path last = files.filter(Files::isRegularFile).max(Comparator.naturalOrder()).orElseThrow();
      return new ObjectMapper().readTree(last.toFile());
    }
  }

  @Test
  void one_that_was_read_before_stays_as_it_was() throws IOException {
    answers(NOTHING, EVENTS);
    run(DAY, DAY);
    long before = entry(DAY).rowsOut();

    answers(EVENTS, GONE);
    Ended ended = run(DAY, DAY);

    assertEquals(77, ended.exit());
    assertEquals(2 * before, entry(DAY).rowsOut(), "new rows of one, the last of the other");
    assertEquals(List.of(), entry(DAY).missing());
  }

  @Test
  void rows_that_the_landing_has_no_more_are_not_lost_to_a_silent_app() throws IOException {
    answers(EVENTS, EVENTS);
    run(DAY, DAY);
    LedgerEntry before = entry(DAY);
    Path landed = folder.resolve("home/landing/appsflyer/in_app_events/account=com.example.two");
    try (Stream<Path> files = Files.walk(landed)) {
      files.sorted(Comparator.reverseOrder()).forEach(file -> file.toFile().delete());
    }

    answers(NOTHING, GONE);

    assertEquals(77, run(DAY, DAY).exit());
    assertEquals(before, entry(DAY));
  }

  @Test
  void when_nobody_answers_nothing_is_committed() throws IOException {
    answers(EVENTS, EVENTS);
    run(DAY, DAY);
    LedgerEntry before = entry(DAY);

    answers(GONE, GONE);

    assertEquals(77, run(DAY, DAY).exit());
    assertEquals(before, entry(DAY));
  }

  @Test
  void one_that_refused_is_not_asked_for_the_days_after() throws IOException {
    answers(NOTHING, GONE);

    run(DAY, DAY.plusDays(2));

    long asked = server.asked().stream().filter(a -> a.path().contains("com.example.two")).count();
    assertEquals(1, asked);
    assertEquals(0, entry(DAY.plusDays(2)).rowsOut());
  }

  @Test
  void an_old_day_that_was_read_lately_costs_a_daily_run_no_call() {
    answers(NOTHING, NOTHING);
    run(DAY.minusDays(6), DAY);

    int aDay = 2 * 2; // apps, paid and organic
    assertEquals(4 * aDay, calls("--date", DAY.toString()), "the day and three before it");
    assertEquals(7 * aDay, calls("--date", DAY.toString(), "--force"));
  }

  @Test
  void a_daily_run_with_few_calls_reads_its_day_and_what_is_longest_overdue() throws IOException {
    answers(NOTHING, NOTHING);
    write("{report: in_app_events_report, calls: 9, every: day}");
    run(DAY.minusDays(6), DAY.minusDays(1));

    Ended plan = run("plan", "--date", DAY.toString(), "--output", "text");
    Ended ended = run("--date", DAY.toString());

    assertTrue(plan.out().contains(DAY + "  build      asked for, 4 calls"), plan.out());
    assertTrue(plan.out().contains(DAY.minusDays(2) + "  build      the source may"), plan.out());
    assertTrue(
        plan.out()
            .contains(
                DAY.minusDays(3)
                    + "  keep       its 9 calls of in_app_events_report a day are used or kept for the"
                    + " daily run; again from "),
        plan.out());
    assertTrue(plan.out().contains("\"12 now; 1 days wait, the first until "), plan.out());
    assertEquals(0, ended.exit(), "what an earlier day lacks is no failure: " + ended.out());
    assertTrue(ended.out().contains("\"unchanged\":6"), ended.out());
    long asked =
        server.asked().stream()
            .filter(a -> a.path().endsWith("/com.example.app/in_app_events_report/v5"))
            .count();
    assertEquals(9, asked, "six before, and three of the nine were left");
  }

  @Test
  void a_limit_of_a_report_that_nobody_reads_is_refused() throws IOException {
    write("{report: install_report, calls: 3, every: day}");

    Ended ended = run("--date", DAY.toString());

    assertEquals(78, ended.exit());
    assertTrue(
        ended.out().contains("call_limits.appsflyer[].report install_report is no report that"),
        ended.out());
  }

  @Test
  void a_backfill_reads_what_the_daily_run_leaves_and_says_when_it_may_go_on() throws IOException {
    write("{report: in_app_events_report, calls: 3, every: day}");
    answers(NOTHING, NOTHING);

    Ended ended = run(DAY.minusDays(9), DAY);

    assertEquals(69, ended.exit());
    assertTrue(ended.out().contains("\"committed\":2,\"failed\":8"), ended.out());
    assertTrue(ended.out().contains("used or kept for the daily run; again from 20"), ended.out());
    Ended more = run("--from", "2026-03-05", "--to", "2026-03-14", "--only-missing");
    assertEquals(69, more.exit(), "nothing is left today");
    assertEquals(2 * 2 * 2, server.asked().size());
  }

  @Test
  void a_token_that_ends_soon_is_told_by_every_run() throws IOException {
    answers(NOTHING, NOTHING);
    assertFalse(run("plan", "--date", DAY.toString()).out().contains("token."));

    lastDay = LocalDate.now(ZoneOffset.UTC).plusDays(12);
    write("");

    Ended ended = run("--date", DAY.toString());
    assertEquals(0, ended.exit());
    assertTrue(
        ended
            .out()
            .contains("\"token.appsflyer\":\"the token of appsflyer ends on " + lastDay + ", in 1"),
        ended.out());
  }

  @Test
  void what_a_run_landed_and_did_not_live_to_commit_is_not_asked_for_again() throws IOException {
    answers(NOTHING, EVENTS);
    run(DAY, DAY);
    forgetAllButTheLanding();

    assertEquals(0, calls("--date", DAY.toString()), "it is landed");
    assertEquals(2, entry(DAY).rowsOut());
    assertEquals(4, calls("--date", DAY.toString()), "it is committed: what is newer is wanted");
  }

  @Test
  void a_replay_commits_the_landed_days_and_calls_nobody() throws IOException {
    answers(NOTHING, EVENTS);
    run(DAY, DAY);
    forgetAllButTheLanding();
    int before = server.asked().size();

    Ended ended = run("replay", "--from", DAY.toString(), "--to", DAY.plusDays(1).toString());

    assertEquals(66, ended.exit(), "the second day was never landed");
    assertTrue(ended.out().contains("\"committed\":1,\"not_ready\":"), ended.out());
    assertTrue(ended.out().contains("nothing of it lies in the landing"), ended.out());
    assertEquals(2, entry(DAY).rowsOut());
    assertEquals(before, server.asked().size());
    Ended again = run("replay", "--date", DAY.toString());
    assertTrue(again.out().contains("\"unchanged\":1"), again.out());
  }

  /** As after a kill between landing and commit. */
  private void forgetAllButTheLanding() throws IOException {
    Path home = folder.resolve("home");
    Path landing = Files.move(home.resolve("landing"), folder.resolve("kept"));
    try (Stream<Path> files = Files.walk(home)) {
      files.sorted(Comparator.reverseOrder()).forEach(file -> file.toFile().delete());
    }
    Files.createDirectory(home);
    Files.move(landing, home.resolve("landing"));
  }

  private int calls(String... flags) {
    int before = server.asked().size();
    assertEquals(0, run(flags).exit());
    return server.asked().size() - before;
  }

  private void answers(Answer one, Answer two) {
    answers("com.example.app", one);
    answers("com.example.two", two);
  }

  private void answers(String app, Answer paid) {
    String path = "/api/raw-data/export/app/" + app + "/";
    server.always(path + "in_app_events_report/v5", a -> paid);
    server.always(path + "organic_in_app_events_report/v5", a -> NOTHING);
  }

  private Ended run(LocalDate from, LocalDate to) {
    return run("--from", from.toString(), "--to", to.toString());
  }

  private Ended run(String... flags) {
    List<String> args = new ArrayList<>(List.of(flags));
    args.addAll(List.of("--config", folder.resolve("site.yaml").toString(), "--dataset", DATASET));
    return Ended.run(args.toArray(String[]::new));
  }

  private LedgerEntry entry(LocalDate day) {
    try (Lake lake = Lake.open(Sites.below(folder.resolve("home")))) {
      return lake.existing(Repository.datasets().get(DATASET).table())
          .orElseThrow()
          .pin()
          .published()
          .get(Partition.of(day));
    }
  }
}
