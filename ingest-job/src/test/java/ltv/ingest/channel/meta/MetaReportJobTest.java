package ltv.ingest.channel.meta;

import static ltv.ingest.channel.meta.MetaAccount.INSIGHTS;
import static ltv.ingest.channel.meta.MetaAccount.tooMuch;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import ltv.ingest.channel.ChannelException;
import ltv.ingest.channel.ChannelException.Kind;
import ltv.ingest.channel.meta.MetaConfig.ReportMode;
import ltv.ingest.http.FakeApiServer.Answer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.api.parallel.Resources;

/** Report jobs: asked for, or resorted to when a day is too large. */
@ResourceLock("facebook-sdk")
@ResourceLock(Resources.SYSTEM_OUT)
class MetaReportJobTest {
  @TempDir private Path scratch;
  private MetaAccount meta;

  @BeforeEach
  void open() {
    meta = new MetaAccount(scratch);
  }

  @AfterEach
  void close() {
    meta.close();
  }

  @Test
  void a_day_that_stays_too_large_becomes_a_report_job() {
    meta.server.onAsked(
        INSIGHTS,
        asked ->
            asked.method().equals("POST")
                ? Answer.of(200, "{\"report_run_id\":\"777\"}")
                : tooMuch());
    meta.job("Job Running", "Job Completed");

    meta.fetch(ReportMode.SYNC);

    assertEquals(1, meta.landed.bodies().size());
    assertTrue(meta.landed.bodies().get(0).contains("\"ad_id\":\"3\""));
  }

  @Test
  void a_report_job_is_polled_until_it_is_complete() {
    meta.server.on(INSIGHTS, Answer.of(200, "{\"report_run_id\":\"777\"}"));
    meta.job("Job Not Started", "Job Running", "Job Completed");

    meta.fetch(ReportMode.ASYNC);

    assertEquals("POST", meta.server.asked().get(0).method());
    assertEquals(List.of(Duration.ofSeconds(10), Duration.ofSeconds(20)), meta.pauses.wanted());
    assertEquals(1, meta.landed.bodies().size());
  }

  @Test
  void a_job_that_meta_drops_is_started_once_more_and_then_left() {
    meta.server.on(INSIGHTS, Answer.of(200, "{\"report_run_id\":\"777\"}"));
    meta.job("Job Skipped");

    ChannelException e = meta.refused(ReportMode.ASYNC);

    assertEquals(Kind.RETRY, e.kind());
    assertTrue(e.getMessage().contains("ended twice with 'Job Skipped'"), e.getMessage());
    assertEquals(2, meta.server.asked().stream().filter(a -> a.method().equals("POST")).count());
  }

  @Test
  void a_job_that_never_moves_is_given_up_after_an_hour() {
    meta.server.on(INSIGHTS, Answer.of(200, "{\"report_run_id\":\"777\"}"));
    meta.job("Job Running");

    assertTrue(meta.refused(ReportMode.ASYNC).getMessage().contains("stuck after 60 minutes"));
  }
}
