package ltv.ingest.channel.meta;

import static ltv.ingest.channel.meta.MetaOverHttp.NOW;
import static ltv.ingest.channel.meta.MetaOverHttp.recorded;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import ltv.ingest.channel.ChannelException;
import ltv.ingest.channel.ChannelException.Kind;
import ltv.ingest.channel.meta.MetaConfig.ReportMode;
import ltv.ingest.http.FakeApiServer.Answer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.api.parallel.Resources;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the headers of an answer that was given say of the next call. */
@ResourceLock(MetaOverHttp.SDK)
@ResourceLock(Resources.SYSTEM_OUT)
class MetaUsageConnectorTest {
  private final MetaOverHttp meta = new MetaOverHttp();

  @AfterEach
  void stop() {
    meta.close();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "X-App-Usage; {\"call_count\":28,\"total_time\":95,\"total_cputime\":25}; 0",
        "X-App-Usage; {\"call_count\":28,\"total_time\":96,\"total_cputime\":25}; 60",
        "X-Ad-Account-Usage; {\"acc_id_util_pct\":9.67,\"reset_time_duration\":100}; 0",
        "X-Ad-Account-Usage; {\"acc_id_util_pct\":95.5,\"reset_time_duration\":100}; 100",
        "X-FB-Ads-Insights-Throttle; {\"app_id_util_pct\":100,\"acc_id_util_pct\":10}; 60",
        "X-Business-Use-Case-Usage; {\"7\":[{\"call_count\":1}],\"8\":[{\"call_count\":1},{\"total_cputime\":97}]}; 60",
        "X-Business-Use-Case-Usage; {\"7\":[{\"estimated_time_to_regain_access\":0}],\"8\":[{\"estimated_time_to_regain_access\":2}]}; 120",
        "X-Business-Use-Case-Usage; this is no JSON; 0"
      })
  void the_next_call_waits_when_a_limit_is_all_but_used_up(
      String header, String value, int seconds) {
    meta.insights(
        recorded(200, "insights_page1").with(header, value), recorded(200, "insights_page2"));

    meta.fetch(ReportMode.SYNC);

    assertEquals(
        seconds == 0 ? List.of() : List.of(Duration.ofSeconds(seconds)), meta.pauses.wanted());
    assertEquals(2, meta.bodies().size());
  }

  @Test
  void a_day_that_is_read_already_is_not_lost_to_a_limit_that_it_used_up() {
    meta.insights(limited(recorded(200, "insights_empty"), 30));

    meta.fetch(ReportMode.SYNC);

    assertEquals(1, meta.bodies().size());
    assertEquals(List.of(), meta.pauses.wanted());
  }

  @Test
  void a_long_rest_ends_the_day_with_the_moment_to_come_back() {
    meta.insights(limited(recorded(200, "insights_page1"), 30));

    ChannelException e = meta.refused(ReportMode.SYNC);

    assertEquals(Kind.WAIT_UNTIL, e.kind());
    assertEquals(Optional.of(NOW.plus(Duration.ofMinutes(30))), e.until());
    assertTrue(e.getMessage().contains("all but used up"), e.getMessage());
    assertEquals(1, meta.server.asked().size());
  }

  @Test
  void a_limit_that_is_reached_waits_as_long_as_any_header_says() {
    meta.insights(
        recorded(400, "error_user_limit")
            .with("X-Ad-Account-Usage", "{\"acc_id_util_pct\":100,\"reset_time_duration\":200}"),
        recorded(200, "insights_empty"));

    meta.fetch(ReportMode.SYNC);

    assertEquals(List.of(Duration.ofSeconds(200)), meta.pauses.wanted());
  }

  private static Answer limited(Answer answer, int minutes) {
    return answer.with(
        "X-Business-Use-Case-Usage",
        "{\"1\":[{\"type\":\"ads_insights\",\"estimated_time_to_regain_access\":"
            + minutes
            + "}]}");
  }
}
