package ltv.ingest.channel.meta;

import static ltv.ingest.channel.meta.MetaOverHttp.INSIGHTS;
import static ltv.ingest.channel.meta.MetaOverHttp.recorded;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.Collections;
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
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@ResourceLock(MetaOverHttp.SDK)
@ResourceLock(Resources.SYSTEM_OUT)
class MetaReportJobConnectorTest {
  private static final String JOB = "/v26.0/6023920149050/";
  private static final String RESULT = JOB + "insights";

  private final MetaOverHttp meta = new MetaOverHttp();

  @AfterEach
  void stop() {
    meta.close();
  }

  @ParameterizedTest
  @CsvSource({"400, error_too_much_data", "500, error_reduce_data"})
  void a_page_that_is_too_large_is_asked_for_smaller_with_the_same_rows(int status, String error) {
    meta.insights(
        recorded(status, error),
        recorded(200, "insights_page1"),
        recorded(status, error),
        recorded(200, "insights_page1"),
        recorded(200, "insights_page2"));

    meta.fetch(ReportMode.SYNC);

    assertEquals(List.of("100", "50", "100", "25", "100"), meta.askedLimits());
    assertTwoPages();
    assertEquals(List.of(), meta.pauses.wanted());
  }

  @ParameterizedTest
  @CsvSource({"400, error_too_much_data", "500, error_reduce_data"})
  void a_day_too_large_for_small_pages_becomes_a_report_job(int status, String error) {
    meta.insights(Collections.nCopies(4, recorded(status, error)).toArray(Answer[]::new))
        .insights(recorded(200, "job_started"));
    meta.server.on(JOB, recorded(200, "job_completed")).on(RESULT, recorded(200, "insights_page1"));
    meta.insights(recorded(200, "insights_page2"));

    meta.fetch(ReportMode.SYNC);

    assertEquals(List.of("100", "50", "25", "12"), meta.askedLimits().subList(0, 4));
    assertEquals("10", meta.asked(RESULT).get(0).parameter("limit"));
    assertTwoPages();
  }

  @Test
  void a_report_job_is_polled_until_all_of_it_is_there() {
    meta.insights(recorded(200, "job_started"));
    meta.server
        .on(
            JOB,
            recorded(200, "job_not_started"),
            recorded(200, "job_running"),
            recorded(200, "job_completed_early"),
            recorded(200, "job_completed"))
        .on(RESULT, recorded(200, "insights_empty"));

    meta.fetch(ReportMode.ASYNC);

    assertEquals(
        List.of(Duration.ofSeconds(10), Duration.ofSeconds(20), Duration.ofSeconds(40)),
        meta.pauses.wanted());
    Asked started = meta.asked(INSIGHTS).get(0);
    assertEquals("POST", started.method());
    assertEquals("ad", started.parameter("level"));
    assertEquals(
        "{\"since\":\"2026-03-14\",\"until\":\"2026-03-14\"}", started.parameter("time_range"));
    assertTrue(started.parameter("fields").startsWith("account_id,"), started.parameter("fields"));
    assertEquals(1, meta.bodies().size());
  }

  @ParameterizedTest
  @CsvSource({"job_skipped", "job_failed"})
  void a_job_that_was_dropped_is_started_once_more(String state) {
    meta.insights(recorded(200, "job_started"), recorded(200, "job_started"));
    meta.server
        .on(JOB, recorded(200, state), recorded(200, "job_completed"))
        .on(RESULT, recorded(200, "insights_page2"));

    meta.fetch(ReportMode.ASYNC);

    assertEquals(2, meta.asked(INSIGHTS).size());
    assertEquals(1, meta.bodies().size());
  }

  @Test
  void a_job_that_cannot_be_made_smaller_is_left_for_a_later_run() {
    meta.insights(recorded(200, "job_started"), recorded(200, "job_started"));
    meta.server.on(JOB, recorded(200, "job_skipped"), recorded(200, "job_skipped"));

    ChannelException e = meta.refused(MetaReport.ACCOUNT, ReportMode.ASYNC, MetaOverHttp.DAY);

    assertEquals(Kind.RETRY, e.kind());
    assertTrue(e.getMessage().contains("act_1200340056 on 2026-03-14"), e.getMessage());
    assertTrue(e.getMessage().contains("ended twice with 'Job Skipped'"), e.getMessage());
    assertTrue(e.getMessage().contains("run the day again later"), e.getMessage());
    assertEquals(2, meta.asked(INSIGHTS).size());
  }

  @Test
  void a_job_that_never_ends_is_given_up_after_an_hour_of_polling() {
    meta.insights(recorded(200, "job_started"), recorded(200, "job_started"));
    meta.server.always(JOB, asked -> recorded(200, "job_running"));

    ChannelException e = meta.refused(MetaReport.ACCOUNT, ReportMode.ASYNC, MetaOverHttp.DAY);

    assertEquals(Kind.RETRY, e.kind());
    assertTrue(e.getMessage().contains("stuck after 60 minutes"), e.getMessage());
    Duration waited = meta.pauses.wanted().stream().reduce(Duration.ZERO, Duration::plus);
    assertTrue(waited.compareTo(Duration.ofMinutes(130)) <= 0, waited.toString());
  }

  @Test
  void a_job_that_stands_still_for_five_minutes_is_started_once_more() {
    meta.insights(recorded(200, "job_started"), recorded(200, "job_started"));
    Answer still = recorded(200, "job_not_started");
    meta.server
        .on(JOB, still, still, still, still, still, still, recorded(200, "job_completed"))
        .on(RESULT, recorded(200, "insights_page2"));

    meta.fetch(ReportMode.ASYNC);

    Duration waited = meta.pauses.wanted().stream().reduce(Duration.ZERO, Duration::plus);
    assertEquals(Duration.ofSeconds(310), waited, "10, 20, 40, 80 and 160 s");
    assertEquals(2, meta.asked(INSIGHTS).size());
    assertEquals(1, meta.bodies().size());
  }

  @Test
  void a_job_that_is_not_known_yet_is_asked_after_again_in_a_second() {
    meta.insights(recorded(200, "job_started"));
    meta.server
        .on(JOB, recorded(400, "error_not_there"), recorded(200, "job_completed"))
        .on(RESULT, recorded(200, "insights_page2"));

    meta.fetch(ReportMode.ASYNC);

    assertEquals(List.of(Duration.ofSeconds(1)), meta.pauses.wanted());
    assertEquals(1, meta.bodies().size());
  }

  @Test
  void an_answer_without_a_job_is_left_for_a_later_run() {
    meta.insights(Answer.of(200, "{\"data\":[]}"));

    ChannelException e = meta.refused(ReportMode.ASYNC);

    assertEquals(Kind.RETRY, e.kind());
    assertTrue(e.getMessage().contains("started no report job"), e.getMessage());
  }

  @Test
  void a_job_without_a_status_is_started_once_more() {
    meta.insights(recorded(200, "job_started"), recorded(200, "job_started"));
    meta.server.on(
        JOB, Answer.of(200, "{\"data\":[]}"), Answer.of(200, "{\"id\":\"6023920149050\"}"));

    ChannelException e = meta.refused(MetaReport.ACCOUNT, ReportMode.ASYNC, MetaOverHttp.DAY);

    assertEquals(Kind.RETRY, e.kind());
    assertTrue(e.getMessage().contains("ended twice with 'no status'"), e.getMessage());
  }

  private void assertTwoPages() {
    assertEquals(2, meta.bodies().size());
    assertTrue(meta.bodies().get(0).contains("1202100000003"), meta.bodies().get(0));
    assertTrue(meta.bodies().get(1).contains("1202100000004"), meta.bodies().get(1));
  }
}
