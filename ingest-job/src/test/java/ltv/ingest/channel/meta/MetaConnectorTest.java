package ltv.ingest.channel.meta;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import ltv.config.Secret;
import ltv.ingest.channel.ChannelException;
import ltv.ingest.channel.ChannelException.Kind;
import ltv.ingest.channel.FetchRequest;
import ltv.ingest.channel.LandedTexts;
import ltv.ingest.channel.meta.MetaConfig.ReportMode;
import ltv.ingest.http.FakeApiServer;
import ltv.ingest.http.FakeApiServer.Answer;
import ltv.ingest.http.HttpTransport;
import ltv.ingest.http.RecordedPauses;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.api.parallel.Resources;

/** Through the vendor's SDK, which has one executor per process: one such test at a time. */
@ResourceLock("facebook-sdk")
@ResourceLock(Resources.SYSTEM_OUT)
class MetaConnectorTest {
  private static final Instant NOW = Instant.parse("2026-11-20T00:00:00Z");
  private static final String TOKEN = "token-of-the-test";
  private static final String INSIGHTS = "/act_1200340056/insights";

  @TempDir private Path scratch;
  private final FakeApiServer server = new FakeApiServer();
  private final RecordedPauses pauses = new RecordedPauses();
  private final LandedTexts landed = new LandedTexts();

  @AfterEach
  void close() {
    server.close();
  }

  @Test
  void pages_are_followed_to_the_last_one_although_its_cursor_goes_on() {
    server.on(INSIGHTS, page1(), page2());

    fetch(ReportMode.SYNC);

    assertEquals(2, server.asked().size());
    assertEquals("MTAZD", server.asked().get(1).parameter("after"));
    assertEquals(2, landed.bodies().size());
    assertTrue(landed.bodies().get(1).contains("\"ad_id\":\"3\""));
    assertTrue(landed.bodies().get(0).contains("a_field_of_next_year"), "unknown fields are kept");
  }

  @Test
  void a_request_names_one_day_level_and_attribution_and_proves_the_apps_secret() throws Exception {
    server.on(INSIGHTS, Answer.recorded(200, "meta/insights_empty.json"));

    fetch(ReportMode.SYNC);

    var asked = server.asked().get(0);
    assertEquals(
        "{\"since\":\"2026-11-19\",\"until\":\"2026-11-19\"}",
        sorted(asked.parameter("time_range")));
    assertEquals("ad", asked.parameter("level"));
    assertEquals("1", asked.parameter("time_increment"));
    assertEquals("true", asked.parameter("use_unified_attribution_setting"));
    assertEquals(TOKEN, asked.parameter("access_token"));
    Mac mac = Mac.getInstance("HmacSHA256");
    mac.init(new SecretKeySpec("secret of the app".getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
    assertEquals(
        HexFormat.of().formatHex(mac.doFinal(TOKEN.getBytes(StandardCharsets.UTF_8))),
        asked.parameter("appsecret_proof"));
  }

  /** The two members of a time range in their usual order, whatever order a map had. */
  private static String sorted(String range) {
    return range.startsWith("{\"until\"")
        ? range.replaceAll("\\{(\"until\":\"[^\"]*\"),(\"since\":\"[^\"]*\")}", "{$2,$1}")
        : range;
  }

  @Test
  void an_empty_report_is_one_page_without_rows() {
    server.on(INSIGHTS, Answer.recorded(200, "meta/insights_empty.json"));

    fetch(ReportMode.SYNC);

    assertEquals(List.of("{\"data\":[]}"), landed.bodies());
  }

  @Test
  void nothing_of_a_day_lands_when_its_second_page_fails() {
    server.on(INSIGHTS, page1(), Answer.recorded(400, "meta/error_bad_field.json"));

    ChannelException e = refused(ReportMode.SYNC);

    assertEquals(Kind.BUG, e.kind());
    assertEquals(List.of(), landed.bodies());
  }

  @Test
  void an_expired_token_is_refused_at_once_and_the_setting_is_named() {
    server.on(INSIGHTS, Answer.recorded(400, "meta/error_token.json"));

    ChannelException e = refused(ReportMode.SYNC);

    assertEquals(Kind.REFUSED, e.kind());
    assertTrue(e.getMessage().contains("channels.meta.access_token"), e.getMessage());
    assertFalse(e.getMessage().contains(TOKEN), e.getMessage());
    assertEquals(1, server.asked().size());
  }

  @Test
  void a_missing_permission_names_the_accounts() {
    server.on(INSIGHTS, Answer.recorded(403, "meta/error_permission.json"));

    assertTrue(refused(ReportMode.SYNC).getMessage().contains("channels.meta.accounts"));
  }

  @Test
  void a_call_limit_is_waited_for_as_long_as_meta_says() {
    server.on(INSIGHTS, limited(3), page2());

    fetch(ReportMode.SYNC);

    assertEquals(List.of(Duration.ofMinutes(3)), pauses.wanted());
    assertEquals(1, landed.bodies().size());
  }

  @Test
  void a_long_call_limit_is_left_to_the_scheduler() {
    server.on(INSIGHTS, limited(30));

    ChannelException e = refused(ReportMode.SYNC);

    assertEquals(Kind.WAIT_UNTIL, e.kind());
    assertEquals(Optional.of(NOW.plus(Duration.ofMinutes(30))), e.until());
    assertEquals(1, server.asked().size());
  }

  @Test
  void passing_faults_in_any_dress_are_tried_again() {
    server.on(
        INSIGHTS,
        Answer.recorded(400, "meta/error_slow_down.json"),
        Answer.recorded(500, "meta/error_passing.json"),
        Answer.of(200, "<html>Sorry, something went wrong</html>"),
        page2().thatIsCutOff(),
        page2());

    fetch(ReportMode.SYNC);

    assertEquals(5, server.asked().size());
    assertEquals(Duration.ofSeconds(60), pauses.wanted().get(0), "a slow-down is a minute");
    assertEquals(1, landed.bodies().size());
  }

  @Test
  void a_day_that_is_too_large_is_asked_for_in_smaller_pages() {
    server.on(INSIGHTS, tooMuch(), page2());

    fetch(ReportMode.SYNC);

    assertEquals("100", server.asked().get(0).parameter("limit"));
    assertEquals("50", server.asked().get(1).parameter("limit"));
    assertEquals(1, landed.bodies().size());
  }

  @Test
  void a_day_that_stays_too_large_becomes_a_report_job() {
    server.onAsked(
        INSIGHTS,
        asked ->
            asked.method().equals("POST")
                ? Answer.of(200, "{\"report_run_id\":\"777\"}")
                : tooMuch());
    job("Job Running", "Job Completed");

    fetch(ReportMode.SYNC);

    assertEquals(1, landed.bodies().size());
    assertTrue(landed.bodies().get(0).contains("\"ad_id\":\"3\""));
  }

  @Test
  void a_report_job_is_polled_until_it_is_complete() {
    server.on(INSIGHTS, Answer.of(200, "{\"report_run_id\":\"777\"}"));
    job("Job Not Started", "Job Running", "Job Completed");

    fetch(ReportMode.ASYNC);

    assertEquals("POST", server.asked().get(0).method());
    assertEquals(List.of(Duration.ofSeconds(10), Duration.ofSeconds(20)), pauses.wanted());
    assertEquals(1, landed.bodies().size());
  }

  @Test
  void a_job_that_meta_drops_is_started_once_more_and_then_left() {
    server.on(INSIGHTS, Answer.of(200, "{\"report_run_id\":\"777\"}"));
    job("Job Skipped");

    ChannelException e = refused(ReportMode.ASYNC);

    assertEquals(Kind.RETRY, e.kind());
    assertTrue(e.getMessage().contains("ended twice with 'Job Skipped'"), e.getMessage());
    assertEquals(2, server.asked().stream().filter(a -> a.method().equals("POST")).count());
  }

  @Test
  void a_job_that_never_moves_is_given_up_after_an_hour() {
    server.on(INSIGHTS, Answer.of(200, "{\"report_run_id\":\"777\"}"));
    job("Job Running");

    assertTrue(refused(ReportMode.ASYNC).getMessage().contains("stuck after 60 minutes"));
  }

  @Test
  void a_paging_link_to_another_host_is_not_followed() {
    server.on(
        INSIGHTS,
        Answer.recorded(200, "meta/insights_page1.json", "BASE", "http://elsewhere.example"));

    ChannelException e = refused(ReportMode.SYNC);

    assertTrue(e.getMessage().contains("leads to http://elsewhere.example:80"), e.getMessage());
    assertEquals(1, server.asked().size());
  }

  @Test
  void no_token_lands() {
    server.on(INSIGHTS, page1(), page2());

    fetch(ReportMode.SYNC);

    assertFalse(landed.bodies().toString().contains(TOKEN));
    assertFalse(landed.facts().toString().contains(TOKEN));
    assertTrue(landed.bodies().get(0).contains("access_token=***"));
  }

  private Answer page1() {
    return Answer.recorded(200, "meta/insights_page1.json", "BASE", server.address());
  }

  private static Answer page2() {
    return Answer.recorded(200, "meta/insights_page2.json");
  }

  private static Answer tooMuch() {
    return Answer.recorded(400, "meta/error_too_much_data.json");
  }

  private static Answer limited(int minutes) {
    return Answer.recorded(400, "meta/error_call_limit.json")
        .with(
            "X-Business-Use-Case-Usage",
            "{\"1\":[{\"type\":\"ads_management\",\"estimated_time_to_regain_access\":0}],"
                + "\"2\":[{\"type\":\"ads_insights\",\"estimated_time_to_regain_access\":"
                + minutes
                + "}]}");
  }

  /** A report job 777 that shows these states one after the other and then gives page 2. */
  private void job(String... states) {
    server.on("/777/insights", page2());
    for (String state : states) {
      int percent = state.equals("Job Completed") ? 100 : 30;
      server.on(
          "/777/",
          Answer.of(
              200,
              "{\"id\":\"777\",\"async_status\":\"%s\",\"async_percent_completion\":%d}"
                  .formatted(state, percent)));
    }
  }

  private void fetch(ReportMode mode) {
    MetaConfig config =
        new MetaConfig(
            server.address(),
            "v26.0",
            new Secret(TOKEN),
            new Secret("secret of the app"),
            mode,
            100,
            null,
            List.of(new MetaConfig.Account("1200340056", ZoneId.of("Asia/Seoul"))));
    MetaConnector connector =
        new MetaConnector(
            config, new HttpTransport(pauses, Clock.fixed(NOW, ZoneOffset.UTC), scratch));
    var stream = connector.streams().get(0);
    connector.fetch(
        new FetchRequest(stream, stream.accounts().get(0), LocalDate.of(2026, 11, 19)), landed);
  }

  private ChannelException refused(ReportMode mode) {
    return assertThrows(ChannelException.class, () -> fetch(mode));
  }
}
