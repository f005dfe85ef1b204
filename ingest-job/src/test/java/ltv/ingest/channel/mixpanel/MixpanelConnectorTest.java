package ltv.ingest.channel.mixpanel;

import static ltv.ingest.channel.mixpanel.MixpanelOverHttp.EXPORT;
import static ltv.ingest.channel.mixpanel.MixpanelOverHttp.ME;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneId;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import ltv.ingest.channel.ChannelException;
import ltv.ingest.channel.ChannelException.Kind;
import ltv.ingest.channel.mixpanel.MixpanelConfig.Days;
import ltv.ingest.http.FakeApiServer.Answer;
import ltv.ingest.http.FakeApiServer.Asked;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class MixpanelConnectorTest {
  private final MixpanelOverHttp mixpanel = new MixpanelOverHttp();

  @AfterEach
  void stop() {
    mixpanel.close();
  }

  private void exports(Answer... answers) {
    mixpanel.server.always(ME, a -> MixpanelOverHttp.recorded("me.json"));
    mixpanel.server.on(EXPORT, answers);
  }

  @Test
  void a_day_is_one_page_as_it_came_and_its_lines_are_counted() {
    exports(MixpanelOverHttp.recorded("export.ndjson"));

    mixpanel.fetch();

    Asked asked = mixpanel.server.asked().get(1);
    assertEquals("2026-03-14 2026-03-14 2718281", days(asked));
    assertEquals("gzip", asked.headers().getFirst("Accept-Encoding"));
    assertEquals("text/plain", asked.headers().getFirst("Accept"));
    String basic =
        Base64.getEncoder()
            .encodeToString(
                ("ltv.service:" + MixpanelOverHttp.SECRET).getBytes(StandardCharsets.UTF_8));
    assertEquals("Basic " + basic, asked.headers().getFirst("Authorization"));
    assertEquals(1, mixpanel.sink.pages().size());
    assertEquals("2", mixpanel.sink.pages().get(0).facts().get("rows"));
    assertEquals(
        MixpanelOverHttp.recorded("export.ndjson").body(), mixpanel.sink.pages().get(0).body());
  }

  private static String days(Asked asked) {
    return asked.parameter("from_date")
        + " "
        + asked.parameter("to_date")
        + " "
        + asked.parameter("project_id");
  }

  @Test
  void a_day_without_events_is_an_empty_page() {
    exports(Answer.of(200, ""));

    mixpanel.fetch();

    assertEquals(Map.of("rows", "0"), only("rows"));
  }

  private Map<String, String> only(String fact) {
    return Map.of(fact, mixpanel.sink.pages().get(0).facts().get(fact));
  }

  @Test
  void an_export_that_was_terminated_early_or_breaks_off_is_asked_for_again() {
    String whole = MixpanelOverHttp.recorded("export.ndjson").body();
    exports(
        Answer.of(200, whole + "terminated early\n"),
        Answer.of(200, "terminated early"),
        Answer.of(200, whole.substring(0, whole.length() - 20)),
        Answer.of(200, whole).cutOff(),
        Answer.of(200, whole));

    mixpanel.fetch();

    assertEquals(List.of(whole), mixpanel.sink.pages().stream().map(p -> p.body()).toList());
    assertEquals(4, mixpanel.pauses.wanted().size());
  }

  @Test
  void one_that_stays_terminated_lands_nothing() {
    mixpanel.server.always(ME, a -> MixpanelOverHttp.recorded("me.json"));
    mixpanel.server.always(
        EXPORT, a -> Answer.of(200, "{\"event\":\"a\",\"properties\":{}}\nterminated early"));

    ChannelException e = mixpanel.refused();

    assertEquals(Kind.RETRY, e.kind());
    assertTrue(e.getMessage().contains("terminated the export early"), e.getMessage());
    assertEquals(List.of(), mixpanel.sink.pages());
  }

  @Test
  void a_last_line_without_its_end_is_a_line() {
    String whole = MixpanelOverHttp.recorded("export.ndjson").body().strip();
    exports(Answer.of(200, whole));

    mixpanel.fetch();

    assertEquals(Map.of("rows", "2"), only("rows"));
  }

  @Test
  void a_wait_that_is_asked_for_is_made() {
    exports(
        Answer.of(429, "rate limit").with("Retry-After", "120"),
        Answer.of(429, "rate limit"),
        MixpanelOverHttp.recorded("export.ndjson"));

    mixpanel.fetch();

    assertEquals(
        List.of(Duration.ofSeconds(120), Duration.ofSeconds(60)), mixpanel.pauses.wanted());
  }

  @Test
  void a_refusal_names_what_to_do_and_is_not_tried_again() {
    Map<Answer, String> refusals =
        Map.of(
            Answer.of(400, "{\"error\":\"to_date cannot be later than today\"}"), "days: PROJECT",
            Answer.of(400, "{\"error\":\"Unable to authenticate request\"}"), "username and secret",
            Answer.of(401, "no"), "username and secret",
            Answer.of(403, "no"), "a role in the project",
            Answer.of(402, "no"), "plan does not have");
    refusals.forEach(
        (answer, advice) -> {
          exports(answer);
          int before = mixpanel.server.asked().size();
          ChannelException e = mixpanel.refused();
          assertEquals(Kind.REFUSED, e.kind(), e.getMessage());
          assertTrue(e.getMessage().contains(advice), e.getMessage());
          assertEquals(before + 2, mixpanel.server.asked().size());
        });
    exports(Answer.of(400, "{\"error\":\"bad where\"}"));
    assertEquals(Kind.BUG, mixpanel.refused().kind());
  }

  @Test
  void the_projects_zone_is_looked_at_once_before_the_first_export() {
    exports(MixpanelOverHttp.recorded("export.ndjson"), MixpanelOverHttp.recorded("export.ndjson"));
    MixpanelConnector connector = mixpanel.connector(null);

    mixpanel.fetch(connector);
    mixpanel.fetch(connector);

    assertEquals(
        List.of(ME, EXPORT, EXPORT), mixpanel.server.asked().stream().map(Asked::path).toList());
  }

  @Test
  void a_project_of_another_zone_is_not_exported() {
    String elsewhere =
        MixpanelOverHttp.recorded("me.json").body().replace("Asia/Seoul", "US/Pacific");
    mixpanel.server.always(ME, a -> Answer.of(200, elsewhere));

    ChannelException e = mixpanel.refused();

    assertEquals(Kind.REFUSED, e.kind());
    assertTrue(e.getMessage().contains("US/Pacific"), e.getMessage());
    assertTrue(mixpanel.server.asked().stream().noneMatch(a -> a.path().equals(EXPORT)));
  }

  @Test
  void a_project_that_the_account_has_no_role_in_is_named() {
    mixpanel.server.always(
        ME, a -> Answer.of(200, "{\"status\":\"ok\",\"results\":{\"projects\":{}}}"));

    assertTrue(mixpanel.refused().getMessage().contains("no role in project 2718281"));
  }

  @Test
  void a_day_is_utcs_or_the_projects() {
    assertEquals(ZoneId.of("UTC"), zone(null));
    assertEquals(ZoneId.of("UTC"), zone(Days.UTC));
    assertEquals(ZoneId.of("Asia/Seoul"), zone(Days.PROJECT));
  }

  private ZoneId zone(Days days) {
    return mixpanel.connector(days).streams().get(0).accounts().get(0).zone();
  }

  @Test
  void an_export_larger_than_allowed_is_not_taken() throws IOException {
    Path file = Files.createTempFile("export", ".ndjson");
    Files.writeString(file, "{}\n".repeat(100));

    assertEquals(Kind.SPLIT, new ExportedLines(299).judgeWhole(file).orElseThrow().kind());
    ExportedLines lines = new ExportedLines(300);
    assertTrue(lines.judgeWhole(file).isEmpty());
    assertEquals(100, lines.lines());
    assertEquals(300, lines.bytes());
    Files.delete(file);
    assertThrows(IOException.class, () -> lines.judgeWhole(file));
  }
}
