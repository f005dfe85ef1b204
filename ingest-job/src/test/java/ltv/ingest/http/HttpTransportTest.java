package ltv.ingest.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Optional;
import ltv.ingest.channel.ChannelException;
import ltv.ingest.channel.ChannelException.Kind;
import ltv.ingest.http.FakeApiServer.Answer;
import ltv.run.ExitCode;
import ltv.run.JobException;
import okhttp3.Request;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HttpTransportTest {
  private static final Instant NOW = Instant.parse("2026-11-20T00:00:00Z");
  private static final Failures BY_STATUS =
      (status, headers, body) ->
          status == 200
              ? Optional.empty()
              : Optional.of(
                  headers.get("Retry-After") == null
                      ? new ChannelException(Kind.RETRY, "HTTP " + status)
                      : ChannelException.retryAfter(
                          Duration.ofSeconds(Long.parseLong(headers.get("Retry-After"))), "wait"));

  @TempDir private Path scratch;
  private final FakeApiServer server = new FakeApiServer();
  private final RecordedPauses pauses = new RecordedPauses();

  @AfterEach
  void close() {
    server.close();
  }

  @Test
  void a_passing_fault_is_tried_again_after_doubling_pauses() throws IOException {
    server.on("/x", Answer.of(503, ""), Answer.of(500, ""), Answer.of(200, "fine"));

    try (HttpTransport.Download answer = call(scratch)) {
      assertEquals("fine", answer.text());
    }

    assertEquals(2, pauses.wanted().size());
    assertTrue(pauses.wanted().get(0).toMillis() >= 2_000, "2 s and up to a quarter more");
    assertTrue(pauses.wanted().get(1).toMillis() >= 4_000, "4 s and up to a quarter more");
    assertNothingLeft();
  }

  @Test
  void after_five_tries_the_last_failure_is_told() throws IOException {
    server.on("/x", Answer.of(503, ""));

    ChannelException e = assertThrows(ChannelException.class, () -> call(scratch));

    assertEquals("HTTP 503", e.getMessage());
    assertEquals(ExitCode.UNAVAILABLE, e.exitCode());
    assertEquals(5, server.asked().size());
    assertNothingLeft();
  }

  @Test
  void a_body_that_is_cut_off_is_read_again() throws IOException {
    server.on("/x", Answer.of(200, "half").thatIsCutOff(), Answer.of(200, "the whole"));

    try (HttpTransport.Download answer = call(scratch)) {
      assertEquals("the whole", answer.text());
    }
  }

  @Test
  void a_stated_wait_is_kept_and_a_long_one_is_left_to_the_scheduler() throws IOException {
    server.on("/x", Answer.of(429, "").with("Retry-After", "90"), Answer.of(200, "fine"));
    call(scratch).close();
    assertEquals(Duration.ofSeconds(90), pauses.wanted().get(0));

    try (FakeApiServer slow = new FakeApiServer()) {
      slow.on("/x", Answer.of(429, "").with("Retry-After", "3600"));
      ChannelException e = assertThrows(ChannelException.class, () -> call(slow, scratch));
      assertEquals(Kind.WAIT_UNTIL, e.kind());
      assertEquals(Optional.of(NOW.plusSeconds(3600)), e.until());
      assertEquals(1, slow.asked().size());
    }
  }

  @Test
  void a_disk_of_ours_that_fails_is_no_fault_of_the_source() throws IOException {
    server.on("/x", Answer.of(200, "fine"));
    Path taken = Files.writeString(scratch.resolve("taken"), "a file where the folder should be");

    JobException e = assertThrows(JobException.class, () -> call(taken.resolve("below")));

    assertEquals(ExitCode.CONFLICT, e.exitCode());
    assertTrue(e.getMessage().contains("Cannot write to scratch " + taken), e.getMessage());
    assertEquals(0, pauses.wanted().size());
  }

  @Test
  void secrets_are_taken_out_of_addresses_bodies_and_headers() {
    String told =
        Redaction.of(
            "GET http://h/p?access_token=abc123&x=1&appsecret_proof=beef {\"access_token\":"
                + " \"abc123\"} next=http%3A%2F%2Fh%3Faccess_token%3Dabc123 Authorization: Bearer"
                + " abc.123");

    assertFalse(told.contains("abc") || told.contains("beef"), told);
    assertTrue(told.contains("x=1"), told);
  }

  private HttpTransport.Download call(Path folder) {
    return call(server, folder);
  }

  private HttpTransport.Download call(FakeApiServer from, Path folder) {
    return new HttpTransport(pauses, Clock.fixed(NOW, ZoneOffset.UTC), folder)
        .download(new Request.Builder().url(from.address() + "/x").build(), BY_STATUS);
  }

  private void assertNothingLeft() throws IOException {
    try (var files = Files.list(scratch)) {
      assertEquals(0, files.count(), "temporary files are removed");
    }
  }
}
