package ltv.ingest.channel.appsflyer;

import static ltv.ingest.channel.appsflyer.AppsFlyerOverHttp.ORGANIC;
import static ltv.ingest.channel.appsflyer.AppsFlyerOverHttp.PAID;
import static ltv.ingest.channel.appsflyer.AppsFlyerOverHttp.recorded;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import ltv.ingest.channel.ChannelException;
import ltv.ingest.channel.ChannelException.Kind;
import ltv.ingest.http.FakeApiServer.Answer;
import ltv.run.ExitCode;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class AppsFlyerFailuresConnectorTest {
  private final AppsFlyerOverHttp appsflyer = new AppsFlyerOverHttp();

  @AfterEach
  void stop() {
    appsflyer.close();
  }

  @Test
  void used_up_calls_come_back_at_midnight_utc() {
    appsflyer.server.on(PAID, recorded(400, "error_daily_limit.txt"));

    ChannelException e = appsflyer.refused();

    assertEquals(Kind.WAIT_UNTIL, e.kind());
    assertEquals(Optional.of(Instant.parse("2026-03-16T00:00:00Z")), e.until());
    assertTrue(e.getMessage().contains("they come back at 00:00 UTC"), e.getMessage());
    assertNotTriedAgain();
  }

  @ParameterizedTest
  @CsvSource({
    "401, error_token.txt, Give a valid channels.appsflyer.api_token",
    "403, error_token.txt, The token may not read this app",
    "404, error_app.txt, The app id (channels.appsflyer.apps) is wrong"
  })
  void a_refusal_names_the_setting_and_is_not_tried_again(int status, String file, String advice) {
    appsflyer.server.on(PAID, recorded(status, file));

    ChannelException e = appsflyer.refused();

    assertEquals(Kind.REFUSED, e.kind());
    assertEquals(ExitCode.REFUSED, e.exitCode());
    assertTrue(e.getMessage().contains(advice), e.getMessage());
    assertTrue(e.getMessage().contains(recorded(status, file).body()), e.getMessage());
    assertNotTriedAgain();
  }

  @Test
  void another_bad_request_points_at_the_timezone() {
    appsflyer.server.on(PAID, recorded(400, "error_timezone.txt"));

    ChannelException e = appsflyer.refused();

    assertEquals(Kind.BUG, e.kind());
    assertTrue(e.getMessage().contains("channels.appsflyer.apps[].timezone"), e.getMessage());
    assertNotTriedAgain();
  }

  @Test
  void a_stated_wait_is_obeyed() {
    thenWhole(Answer.of(429, "Too many requests").with("Retry-After", "97"));

    appsflyer.fetch(100);

    assertEquals(List.of(Duration.ofSeconds(97)), appsflyer.pauses.wanted());
    assertEquals(2, appsflyer.bodies().size());
  }

  @Test
  void a_limit_that_passes_is_left_alone_for_a_minute() {
    thenWhole(recorded(403, "error_limit_reached.txt"));

    appsflyer.fetch(100);

    assertEquals(List.of(Duration.ofMinutes(1)), appsflyer.pauses.wanted());
    assertEquals(2, appsflyer.bodies().size());
  }

  static List<Answer> passingFaults() {
    return List.of(
        Answer.of(500, "Internal server error"),
        Answer.of(503, ""),
        recorded(200, "events.csv").cutOff());
  }

  @ParameterizedTest
  @MethodSource("passingFaults")
  void a_passing_fault_is_tried_again(Answer fault) {
    thenWhole(fault);

    appsflyer.fetch(100);

    assertEquals(1, appsflyer.pauses.wanted().size());
    assertEquals(recorded(200, "events.csv").body(), appsflyer.bodies().get(0));
  }

  @Test
  void a_source_that_stays_down_is_unavailable_after_five_tries() {
    appsflyer.server.always(PAID, asked -> Answer.of(500, "Internal server error"));

    ChannelException e = appsflyer.refused();

    assertEquals(Kind.RETRY, e.kind());
    assertEquals(ExitCode.UNAVAILABLE, e.exitCode());
    assertTrue(e.getMessage().contains("HTTP 500: Internal server error"), e.getMessage());
    assertEquals(5, appsflyer.server.asked().size());
  }

  private void thenWhole(Answer fault) {
    appsflyer.server.on(PAID, fault, recorded(200, "events.csv"));
    appsflyer.server.on(ORGANIC, recorded(200, "header_only.csv"));
  }

  private void assertNotTriedAgain() {
    assertEquals(1, appsflyer.server.asked().size());
    assertEquals(List.of(), appsflyer.pauses.wanted());
  }
}
