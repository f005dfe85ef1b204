package ltv.ingest.channel.appsflyer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import ltv.config.Secret;
import ltv.ingest.channel.ChannelException;
import ltv.ingest.channel.ChannelException.Kind;
import ltv.ingest.channel.FetchRequest;
import ltv.ingest.channel.LandedTexts;
import ltv.ingest.http.FakeApiServer;
import ltv.ingest.http.FakeApiServer.Answer;
import ltv.ingest.http.FakeApiServer.Asked;
import ltv.ingest.http.HttpTransport;
import ltv.ingest.http.RecordedPauses;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AppsFlyerConnectorTest {
  private static final Instant NOW = Instant.parse("2026-11-20T10:00:00Z");
  private static final String PAID = "/kr.shop/installs_report/v5";
  private static final String ORGANIC = "/kr.shop/organic_installs_report/v5";

  @TempDir private Path scratch;
  private final FakeApiServer server = new FakeApiServer();
  private final RecordedPauses pauses = new RecordedPauses();
  private final LandedTexts landed = new LandedTexts();

  @BeforeEach
  void nobody_comes_by_himself() {
    server.on(ORGANIC, Answer.recorded(200, "appsflyer/header_only.csv"));
  }

  @AfterEach
  void close() {
    server.close();
  }

  @Test
  void both_reports_of_a_day_land_as_they_came() {
    server.on(PAID, Answer.recorded(200, "appsflyer/installs.csv"));

    fetch(200_000);

    assertEquals(
        List.of(
            FakeApiServer.text("/recorded/appsflyer/installs.csv"),
            FakeApiServer.text("/recorded/appsflyer/header_only.csv")),
        landed.bodies());
    assertEquals("2", landed.facts().get(0).get("rows"), "a line break in a value is no row");
    assertEquals("0", landed.facts().get(1).get("rows"));
    Asked asked = server.asked().get(0);
    assertEquals("2026-11-19 00:00:00", asked.parameter("from"));
    assertEquals("2026-11-19 23:59:59", asked.parameter("to"));
    assertEquals("Asia/Seoul", asked.parameter("timezone"));
    assertEquals("preferred", asked.parameter("currency"));
    assertEquals("Bearer token-of-the-test", asked.headers().get("Authorization"));
  }

  @Test
  void a_report_that_was_cut_at_its_limit_is_read_again_in_halves_without_doubles() {
    server.onAsked(PAID, AppsFlyerConnectorTest::oneInstallEveryThreeHours);

    fetch(3);

    List<String> rows =
        landed.bodies().stream()
            .flatMap(String::lines)
            .filter(line -> line.startsWith("2026"))
            .sorted()
            .toList();
    assertEquals(IntStream.range(0, 8).mapToObj(i -> moment(3 * i)).toList(), rows);
  }

  /** Eight installs a day, newest first, never more than were allowed. */
  private static Answer oneInstallEveryThreeHours(Asked asked) {
    String rows =
        IntStream.iterate(7, i -> i >= 0, i -> i - 1)
            .mapToObj(i -> moment(3 * i))
            .filter(m -> m.compareTo(asked.parameter("from")) >= 0)
            .filter(m -> m.compareTo(asked.parameter("to")) <= 0)
            .limit(Integer.parseInt(asked.parameter("maximum_rows")))
            .collect(Collectors.joining("\n"));
    return Answer.of(200, "Install Time\n" + rows);
  }

  private static String moment(int hour) {
    return "2026-11-19 %02d:00:00".formatted(hour);
  }

  @Test
  void a_minute_with_too_many_rows_says_which_setting_to_raise() {
    server.on(PAID, Answer.of(200, "Install Time\n2026-11-19 00:00:00\n"));

    ChannelException e = refused(1);

    assertEquals(Kind.SPLIT, e.kind());
    assertTrue(e.getMessage().contains("raise channels.appsflyer.maximum_rows"), e.getMessage());
  }

  @Test
  void a_used_up_quota_comes_back_at_midnight_utc() {
    server.on(
        PAID, Answer.of(400, "Your API calls limit has been reached for report type installs"));

    ChannelException e = refused(200_000);

    assertEquals(Kind.WAIT_UNTIL, e.kind());
    assertEquals(Optional.of(Instant.parse("2026-11-21T00:00:00Z")), e.until());
    assertEquals(1, server.asked().size(), "a retry would cost another call");
  }

  @Test
  void a_wrong_token_or_app_is_refused_at_once_and_names_its_setting() {
    server.on(PAID, Answer.of(401, "The supplied API token is invalid"));
    ChannelException token = refused(200_000);
    assertEquals(Kind.REFUSED, token.kind());
    assertTrue(token.getMessage().contains("channels.appsflyer.api_token"), token.getMessage());
    assertFalse(token.getMessage().contains("token-of-the-test"), token.getMessage());
    assertEquals(1, server.asked().size());

    try (FakeApiServer other = new FakeApiServer()) {
      other.on(PAID, Answer.of(404, "App not found"));
      ChannelException app = assertThrows(ChannelException.class, () -> fetch(other, 200_000));
      assertTrue(app.getMessage().contains("channels.appsflyer.apps"), app.getMessage());
    }
  }

  @Test
  void throttling_is_obeyed_and_then_the_day_is_read() {
    server.on(
        PAID,
        Answer.of(429, "slow down").with("Retry-After", "17"),
        Answer.of(403, "Limit reached for installs"),
        Answer.of(502, "<html>bad gateway</html>"),
        Answer.recorded(200, "appsflyer/installs.csv"));

    fetch(200_000);

    assertEquals(Duration.ofSeconds(17), pauses.wanted().get(0));
    assertEquals(Duration.ofSeconds(60), pauses.wanted().get(1));
    assertEquals(2, landed.bodies().size());
  }

  @Test
  void another_bad_request_asks_about_the_zone() {
    server.on(PAID, Answer.of(400, "The timezone must be the app's own setting or UTC"));

    ChannelException e = refused(200_000);

    assertEquals(Kind.BUG, e.kind());
    assertTrue(e.getMessage().contains("channels.appsflyer.apps[].timezone"), e.getMessage());
  }

  @Test
  void a_redirect_to_another_host_is_followed_without_the_token() {
    try (FakeApiServer elsewhere = new FakeApiServer()) {
      elsewhere.on("/one-time", Answer.recorded(200, "appsflyer/installs.csv"));
      String there = elsewhere.address().replace("127.0.0.1", "localhost") + "/one-time";
      server.on(PAID, Answer.of(302, "").with("Location", there));

      fetch(200_000);

      assertEquals(1, elsewhere.asked().size());
      assertFalse(elsewhere.asked().get(0).headers().containsKey("Authorization"));
      assertEquals(2, landed.bodies().size());
    }
  }

  private void fetch(int maximumRows) {
    fetch(server, maximumRows);
  }

  private void fetch(FakeApiServer from, int maximumRows) {
    AppsFlyerConfig config =
        new AppsFlyerConfig(
            from.address(),
            new Secret("token-of-the-test"),
            maximumRows,
            null,
            List.of(new AppsFlyerConfig.App("kr.shop", ZoneId.of("Asia/Seoul"))));
    Clock clock = Clock.fixed(NOW, ZoneOffset.UTC);
    AppsFlyerConnector connector =
        new AppsFlyerConnector(config, new HttpTransport(pauses, clock, scratch), clock);
    var installs =
        connector.streams().stream().filter(s -> s.name().equals("installs")).findFirst();
    connector.fetch(
        new FetchRequest(
            installs.orElseThrow(),
            installs.orElseThrow().accounts().get(0),
            LocalDate.of(2026, 11, 19)),
        landed);
  }

  private ChannelException refused(int maximumRows) {
    return assertThrows(ChannelException.class, () -> fetch(maximumRows));
  }
}
