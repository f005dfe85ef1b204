package ltv.ingest.channel.meta;

import static ltv.ingest.channel.meta.MetaOverHttp.DAY;
import static ltv.ingest.channel.meta.MetaOverHttp.INSIGHTS;
import static ltv.ingest.channel.meta.MetaOverHttp.recorded;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import ltv.ingest.channel.ChannelException;
import ltv.ingest.channel.ChannelException.Kind;
import ltv.ingest.channel.meta.MetaConfig.ReportMode;
import ltv.ingest.http.FakeApiServer.Answer;
import ltv.ingest.http.FakeApiServer.Asked;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.api.parallel.Resources;

/** Days that are too large even for a report job: Meta is asked for parts of the account. */
@ResourceLock(MetaOverHttp.SDK)
@ResourceLock(Resources.SYSTEM_OUT)
class MetaSplitConnectorTest {
  private static final Answer TOO_LARGE = recorded(400, "error_too_much_data");

  private final MetaOverHttp meta = new MetaOverHttp();

  @AfterEach
  void stop() {
    meta.close();
  }

  /** A job of an object that is made at once and gives this. */
  private void job(String node, int number, Answer rows) {
    String path = node.startsWith("/") ? node : "/v26.0/" + node + "/insights";
    meta.server
        .on(path, Answer.of(200, "{\"report_run_id\":\"" + number + "\"}"))
        .on("/v26.0/" + number + "/", recorded(200, "job_completed"))
        .on("/v26.0/" + number + "/insights", rows);
  }

  private static Answer ids(String field, String... ids) {
    String rows =
        String.join(
            ",", java.util.stream.Stream.of(ids).map(i -> row(field, i)).toArray(String[]::new));
    return Answer.of(200, "{\"data\":[" + rows + "]}");
  }

  private static String row(String field, String id) {
    return "{\"%s\":\"%s\",\"date_start\":\"2026-02-14\",\"date_stop\":\"2026-03-14\"}"
        .formatted(field, id);
  }

  @Test
  void a_job_that_is_too_large_is_asked_for_by_campaign_and_then_by_ad_set() {
    meta.insights(TOO_LARGE);
    job(INSIGHTS, 901, ids("campaign_id", "11", "12", "11"));
    job("11", 902, recorded(200, "insights_page2"));
    meta.server.on("/v26.0/12/insights", TOO_LARGE);
    job("12", 903, ids("adset_id", "121"));
    job("121", 904, recorded(200, "insights_empty"));

    meta.fetch(ReportMode.ASYNC);

    assertEquals(
        List.of(recorded(200, "insights_page2").body(), recorded(200, "insights_empty").body()),
        meta.bodies());
    assertEquals(
        List.of("/v26.0/11/insights", "/v26.0/121/insights"),
        meta.sink.pages().stream().map(p -> p.facts().get("path")).toList());
    Asked campaigns = meta.asked(INSIGHTS).get(1);
    assertEquals("campaign", campaigns.parameter("level"));
    assertEquals("campaign_id", campaigns.parameter("fields"));
    assertEquals(
        "{\"since\":\"2026-02-14\",\"until\":\"2026-03-14\"}", campaigns.parameter("time_range"));
    assertEquals("", campaigns.parameter("time_increment"));
    Asked part = meta.asked("/v26.0/121/insights").get(0);
    assertEquals("ad", part.parameter("level"));
    assertEquals(
        "{\"since\":\"2026-03-14\",\"until\":\"2026-03-14\"}", part.parameter("time_range"));
  }

  @Test
  void a_job_that_fails_twice_is_asked_for_by_campaign() {
    meta.insights(recorded(200, "job_started"), recorded(200, "job_started"));
    meta.server.on(
        "/v26.0/6023920149050/", recorded(200, "job_failed"), recorded(200, "job_failed"));
    job(INSIGHTS, 901, ids("campaign_id", "11"));
    job("11", 902, recorded(200, "insights_page2"));

    meta.fetch(ReportMode.ASYNC);

    assertEquals(List.of(recorded(200, "insights_page2").body()), meta.bodies());
  }

  @Test
  void pages_of_a_job_are_read_smaller_before_the_job_is_split() {
    meta.insights(recorded(200, "job_started"));
    meta.server
        .on("/v26.0/6023920149050/", recorded(200, "job_completed"))
        .on(
            "/v26.0/6023920149050/insights",
            recorded(500, "error_reduce_data"),
            recorded(200, "insights_page2"));

    meta.fetch(ReportMode.ASYNC);

    assertEquals(
        List.of("100", "50"),
        meta.asked("/v26.0/6023920149050/insights").stream()
            .map(a -> a.parameter("limit"))
            .toList());
  }

  @Test
  void a_report_of_campaigns_is_never_cut_below_them() {
    meta.insights(TOO_LARGE, TOO_LARGE, TOO_LARGE, TOO_LARGE, TOO_LARGE);
    job(INSIGHTS, 901, ids("campaign_id", "11"));
    meta.server.on("/v26.0/11/insights", TOO_LARGE);

    ChannelException e = meta.refused(MetaReport.CAMPAIGN, ReportMode.SYNC, DAY);

    assertEquals(Kind.RETRY, e.kind());
    assertTrue(e.getMessage().contains("cannot be made smaller"), e.getMessage());
    assertEquals(1, meta.asked("/v26.0/11/insights").size());
  }

  @Test
  void a_day_that_is_too_large_and_has_no_campaign_is_no_empty_day() {
    meta.insights(TOO_LARGE);
    job(INSIGHTS, 901, ids("campaign_id"));

    ChannelException e = meta.refused(ReportMode.ASYNC);

    assertEquals(Kind.RETRY, e.kind());
    assertTrue(e.getMessage().contains("names no campaign of it"), e.getMessage());
  }
}
