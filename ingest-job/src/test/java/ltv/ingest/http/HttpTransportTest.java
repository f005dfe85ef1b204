package ltv.ingest.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import ltv.ingest.channel.ChannelException;
import ltv.ingest.channel.ChannelException.Kind;
import ltv.ingest.http.FakeApiServer.Answer;
import ltv.ingest.http.HttpTransport.Download;
import ltv.run.ExitCode;
import ltv.run.JobException;
import okhttp3.FormBody;
import okhttp3.Request;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HttpTransportTest {
  private static final Instant NOW = Instant.parse("2026-03-15T01:02:03Z");

  /** A plain source: 5xx passes, 429 states its wait, everything else is fine. */
  private static final Failures PLAIN =
      (status, headers, body) -> {
        if (status == 429) {
          Duration wait = Duration.ofSeconds(Long.parseLong(headers.get("Retry-After")));
          return Optional.of(ChannelException.retryAfter(wait, "slow down"));
        }
        return status < 500
            ? Optional.empty()
            : Optional.of(new ChannelException(Kind.RETRY, "HTTP " + status + ": " + body));
      };

  private final FakeApiServer server = new FakeApiServer();
  private final RecordedPauses pauses = new RecordedPauses();

  @TempDir private Path folder;

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void a_body_is_whole_on_disk_and_gone_when_closed() throws IOException {
    server.on("/report", Answer.of(200, "rows").with("X-Usage", "9"));

    try (Download answer = transport(folder).download(report(), PLAIN)) {
      assertEquals("rows", answer.text());
      assertEquals("9", answer.headers().get("X-Usage"));
      assertEquals(folder, answer.file().getParent());
    }

    assertEquals(List.of(), files());
  }

  @Test
  void the_last_of_five_failures_is_told() throws IOException {
    for (int n = 1; n <= 6; n++) {
      server.on("/report", Answer.of(500, "failure " + n));
    }

    ChannelException e = assertThrows(ChannelException.class, () -> download(folder));

    assertEquals(Kind.RETRY, e.kind());
    assertEquals("HTTP 500: failure 5", e.getMessage());
    assertEquals(5, server.asked().size());
    assertEquals(List.of(), files());
  }

  @Test
  void pauses_double_and_drift_by_less_than_a_third() {
    server.always("/report", asked -> Answer.of(500, "down"));

    assertThrows(ChannelException.class, () -> download(folder));

    assertEquals(4, pauses.wanted().size());
    for (int n = 0; n < 4; n++) {
      long millis = pauses.wanted().get(n).toMillis();
      long doubled = 2000L << n;
      assertTrue(millis >= doubled && millis <= doubled * 5 / 4, pauses.wanted().toString());
    }
  }

  @Test
  void a_stated_wait_of_five_minutes_is_made_a_longer_one_is_told() {
    server.on("/report", Answer.of(429, "").with("Retry-After", "300"));
    server.on("/report", Answer.of(429, "").with("Retry-After", "301"));

    ChannelException e = assertThrows(ChannelException.class, () -> download(folder));

    assertEquals(List.of(Duration.ofMinutes(5)), pauses.wanted());
    assertEquals(Kind.WAIT_UNTIL, e.kind());
    assertEquals(Optional.of(NOW.plusSeconds(301)), e.until());
    assertEquals(2, server.asked().size());
  }

  @Test
  void a_cut_off_body_is_tried_again_and_leaves_no_file() throws IOException {
    server.on("/report", Answer.of(200, "half").cutOff(), Answer.of(200, "whole"));

    try (Download answer = transport(folder).download(report(), PLAIN)) {
      assertEquals("whole", answer.text());
      assertEquals(1, files().size());
    }
  }

  @Test
  void a_source_that_is_away_is_unavailable_and_its_address_told_without_the_token()
      throws IOException {
    int port;
    try (ServerSocket free = new ServerSocket(0)) {
      port = free.getLocalPort();
    }
    Request away =
        new Request.Builder()
            .url("http://127.0.0.1:" + port + "/report?access_token=token-of-the-test")
            .build();

    ChannelException e =
        assertThrows(ChannelException.class, () -> transport(folder).download(away, PLAIN));

    assertEquals(ExitCode.UNAVAILABLE, e.exitCode());
    assertTrue(e.getMessage().contains("/report?access_token=***"), e.getMessage());
    assertFalse(e.getMessage().contains("token-of-the-test"), e.getMessage());
    assertEquals(4, pauses.wanted().size());
  }

  @Test
  void a_temporary_folder_that_cannot_be_written_is_our_fault_not_the_sources() throws IOException {
    Path noFolder = Files.writeString(folder.resolve("a-file"), "");
    server.always("/report", asked -> Answer.of(200, "rows"));

    JobException e = assertThrows(JobException.class, () -> download(noFolder));

    assertEquals(ExitCode.CONFLICT, e.exitCode());
    assertTrue(e.getMessage().contains("Cannot write to scratch " + noFolder), e.getMessage());
    assertTrue(e.getMessage().contains("run again"), e.getMessage());
    assertEquals(0, server.asked().size(), "a call that nobody can keep is not made");
    assertEquals(List.of(), pauses.wanted());
  }

  @Test
  void a_form_is_not_posted_again_where_a_redirect_leads() {
    server.always("/start", asked -> Answer.of(307, "").with("Location", "/elsewhere"));
    server.always("/elsewhere", asked -> Answer.of(200, "it has the token now"));
    Request post =
        new Request.Builder()
            .url(server.address() + "/start")
            .post(new FormBody.Builder().add("access_token", "token-of-the-test").build())
            .build();

    transport(folder).download(post, PLAIN).close();

    assertEquals(1, server.asked().size());
    assertTrue(server.asked().stream().noneMatch(a -> a.path().equals("/elsewhere")));
  }

  private HttpTransport transport(Path temporary) {
    return new HttpTransport(pauses, Clock.fixed(NOW, ZoneOffset.UTC), temporary, CallMeter.FREE);
  }

  private void download(Path temporary) {
    transport(temporary).download(report(), PLAIN).close();
  }

  private Request report() {
    return new Request.Builder().url(server.address() + "/report").build();
  }

  private List<Path> files() throws IOException {
    try (var files = Files.list(folder)) {
      return files.toList();
    }
  }
}
