package ltv.ingest.channel.meta;

import static ltv.ingest.channel.meta.MetaOverHttp.NOW;
import static ltv.ingest.channel.meta.MetaOverHttp.recorded;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import ltv.ingest.channel.ChannelException;
import ltv.ingest.channel.ChannelException.Kind;
import ltv.ingest.channel.meta.MetaConfig.ReportMode;
import ltv.ingest.http.FakeApiServer.Answer;
import ltv.run.ExitCode;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.api.parallel.Resources;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

@ResourceLock(MetaOverHttp.SDK)
@ResourceLock(Resources.SYSTEM_OUT)
class MetaFailuresConnectorTest {
  private static final String USAGE =
      "{\"1200340056\":[{\"type\":\"ads_management\",\"estimated_time_to_regain_access\":0},"
          + "{\"type\":\"ads_insights\",\"call_count\":100,\"estimated_time_to_regain_access\":%d}]}";

  private final MetaOverHttp meta = new MetaOverHttp();

  @AfterEach
  void stop() {
    meta.close();
  }

  @Test
  void a_refused_token_is_not_tried_again_and_not_told() {
    meta.insights(recorded(400, "error_token"));

    ChannelException e = meta.refused(ReportMode.SYNC);

    assertEquals(Kind.REFUSED, e.kind());
    assertEquals(ExitCode.REFUSED, e.exitCode());
    assertTrue(e.getMessage().contains("channels.meta.access_token"), e.getMessage());
    assertEquals(1, meta.server.asked().size());
    assertEquals(List.of(), meta.pauses.wanted());
  }

  @Test
  void a_token_at_the_end_of_a_shortened_message_is_not_told_by_half() {
    String message = "x".repeat(290) + MetaOverHttp.TOKEN;
    meta.insights(Answer.of(400, "{\"error\":{\"code\":100,\"message\":\"" + message + "\"}}"));

    ChannelException e = meta.refused(ReportMode.SYNC);

    assertTrue(e.getMessage().endsWith("xxx***"), e.getMessage());
  }

  @Test
  void a_call_limit_is_waited_out_for_the_stated_minutes() {
    meta.insights(limitFor(3), recorded(200, "insights_page2"));

    meta.fetch(ReportMode.SYNC);

    assertEquals(1, meta.pauses.wanted().size());
    Duration waited = meta.pauses.wanted().get(0);
    assertTrue(waited.compareTo(Duration.ofMinutes(3)) >= 0, waited.toString());
    assertEquals(1, meta.bodies().size());
  }

  @Test
  void a_long_call_limit_ends_the_day_with_the_moment_to_come_back() {
    meta.insights(limitFor(30));

    ChannelException e = meta.refused(ReportMode.SYNC);

    assertEquals(Kind.WAIT_UNTIL, e.kind());
    assertEquals(Optional.of(NOW.plus(Duration.ofMinutes(30))), e.until());
    assertTrue(e.getMessage().contains("has reached its call limit"), e.getMessage());
    assertEquals(List.of(), meta.pauses.wanted());
  }

  static List<Answer> passingFaults() {
    return List.of(
        recorded(400, "error_user_limit"),
        recorded(500, "error_unknown"),
        Answer.of(503, "upstream connect error"),
        Answer.of(429, "Too Many Requests"),
        recorded(200, "insights_page1").cutOff(),
        Answer.of(200, "<!DOCTYPE html><html><body>Sorry, something went wrong.</body></html>"),
        Answer.of(200, "\"unavailable\""),
        Answer.of(200, "{\"data\":[{\"ad_id\":\"120210"),
        Answer.of(200, "{}"),
        Answer.of(200, ""));
  }

  @ParameterizedTest
  @MethodSource("passingFaults")
  void a_passing_fault_is_tried_again(Answer fault) {
    meta.insights(fault, recorded(200, "insights_page2"));

    meta.fetch(ReportMode.SYNC);

    assertEquals(1, meta.pauses.wanted().size());
    assertEquals(recorded(200, "insights_page2").body(), String.join("", meta.bodies()));
  }

  @Test
  void an_account_limit_is_left_alone_for_a_minute() {
    meta.insights(recorded(400, "error_user_limit"), recorded(200, "insights_page2"));

    meta.fetch(ReportMode.SYNC);

    assertEquals(List.of(Duration.ofMinutes(1)), meta.pauses.wanted());
  }

  @Test
  void after_five_tries_the_day_ends_as_unavailable() {
    meta.insights(Collections.nCopies(6, recorded(500, "error_unknown")).toArray(Answer[]::new));

    ChannelException e = meta.refused(ReportMode.SYNC);

    assertEquals(Kind.RETRY, e.kind());
    assertEquals(ExitCode.UNAVAILABLE, e.exitCode());
    assertTrue(e.getMessage().contains("HTTP 500"), e.getMessage());
    assertEquals(5, meta.server.asked().size());
    assertEquals(4, meta.pauses.wanted().size());
  }

  private static Answer limitFor(int minutes) {
    return recorded(400, "error_insights_limit")
        .with("X-Business-Use-Case-Usage", USAGE.formatted(minutes));
  }
}
