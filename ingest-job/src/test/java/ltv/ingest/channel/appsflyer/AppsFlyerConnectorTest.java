package ltv.ingest.channel.appsflyer;

import static ltv.ingest.channel.appsflyer.AppsFlyerOverHttp.ORGANIC;
import static ltv.ingest.channel.appsflyer.AppsFlyerOverHttp.PAID;
import static ltv.ingest.channel.appsflyer.AppsFlyerOverHttp.TOKEN;
import static ltv.ingest.channel.appsflyer.AppsFlyerOverHttp.recorded;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import ltv.ingest.channel.ChannelException;
import ltv.ingest.channel.ChannelException.Kind;
import ltv.ingest.channel.CollectedPages;
import ltv.ingest.channel.CollectedPages.Page;
import ltv.ingest.channel.RawSink;
import ltv.ingest.http.FakeApiServer;
import ltv.ingest.http.FakeApiServer.Answer;
import ltv.ingest.http.FakeApiServer.Asked;
import ltv.ingest.land.LandedPage;
import ltv.run.ExitCode;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class AppsFlyerConnectorTest {
  private static final DateTimeFormatter MOMENT =
      DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss");

  private final AppsFlyerOverHttp appsflyer = new AppsFlyerOverHttp();

  @AfterEach
  void stop() {
    appsflyer.close();
  }

  @Test
  void a_day_is_asked_for_whole_in_the_apps_zone_paid_and_organic() {
    appsflyer.server.on(PAID, recorded(200, "events.csv"));
    appsflyer.server.on(ORGANIC, recorded(200, "header_only.csv"));

    appsflyer.fetch(100);

    assertEquals(
        List.of(PAID, ORGANIC), appsflyer.server.asked().stream().map(Asked::path).toList());
    Asked asked = appsflyer.server.asked().get(0);
    assertEquals("2026-03-14 00:00:00", asked.parameter("from"));
    assertEquals("2026-03-14 23:59:59", asked.parameter("to"));
    assertEquals("Asia/Seoul", asked.parameter("timezone"));
    assertEquals("preferred", asked.parameter("currency"));
    assertEquals("100", asked.parameter("maximum_rows"));
    assertEquals("Bearer " + TOKEN, asked.headers().getFirst("Authorization"));
  }

  @Test
  void bodies_land_as_received_with_their_rows_counted_over_line_breaks() {
    appsflyer.server.on(PAID, recorded(200, "events.csv"));
    appsflyer.server.on(ORGANIC, recorded(200, "header_only.csv"));

    appsflyer.fetch(100);

    assertEquals(recorded(200, "events.csv").body(), appsflyer.bodies().get(0));
    assertEquals("csv", appsflyer.sink.pages().get(0).format());
    assertEquals("2", appsflyer.sink.pages().get(0).facts().get("rows"));
    assertFalse(appsflyer.sink.pages().toString().contains(TOKEN));
  }

  @Test
  void a_header_without_rows_is_one_empty_page_each() {
    appsflyer.server.on(PAID, recorded(200, "header_only.csv"));
    appsflyer.server.on(ORGANIC, recorded(200, "header_only.csv"));

    appsflyer.fetch(1);

    String header = recorded(200, "header_only.csv").body();
    assertEquals(List.of(header, header), appsflyer.bodies());
    assertEquals(
        List.of("0", "0"),
        appsflyer.sink.pages().stream().map(p -> p.facts().get("rows")).toList());
  }

  @Test
  void a_report_cut_off_at_its_rows_is_read_in_parts_that_make_the_day() {
    List<LocalDateTime> events =
        Stream.of(
                "00:00:00", "05:59:59", "06:00:00", "11:59:59", "12:00:00", "23:59:58", "23:59:59")
            .map(time -> LocalDateTime.parse("2026-03-14T" + time))
            .toList();
    appsflyer.server.always(PAID, asked -> newestThree(events, asked));
    appsflyer.server.on(ORGANIC, Answer.of(200, "Event Time\n"));

    appsflyer.fetch(3);

    List<String> landed =
        appsflyer.bodies().stream().flatMap(body -> body.lines().skip(1)).sorted().toList();
    assertEquals(events.stream().map(MOMENT::format).toList(), landed);
    assertTrue(appsflyer.sink.pages().size() > 3, appsflyer.sink.pages().toString());
  }

  @Test
  void the_other_reports_that_the_site_names_are_asked_for_with_their_reasons() {
    String path = "/api/raw-data/export/app/com.example.app/";
    appsflyer.server.on(path + "detection/v5", recorded(200, "header_only.csv"));
    appsflyer.server.on(path + "ad_revenue_raw/v5", recorded(200, "header_only.csv"));

    appsflyer.fetch("other_events", 100);

    assertEquals(
        List.of("detection", "ad_revenue_raw"),
        appsflyer.sink.pages().stream().map(p -> p.facts().get(LandedPage.REPORT)).toList());
    assertEquals(
        "blocked_reason,rejected_reason,monetization_network",
        appsflyer.server.asked().get(0).parameter("additional_fields"));
  }

  @Test
  void installs_are_asked_for_with_what_tells_a_true_one() {
    appsflyer.server.on(
        "/api/raw-data/export/app/com.example.app/installs_report/v5",
        recorded(200, "header_only.csv"));
    appsflyer.server.on(
        "/api/raw-data/export/app/com.example.app/organic_installs_report/v5",
        recorded(200, "header_only.csv"));

    appsflyer.fetch("installs", 100);

    assertEquals(
        "device_model,is_lat,gp_click_time,gp_install_begin",
        appsflyer.server.asked().get(0).parameter("additional_fields"));
  }

  @Test
  void a_day_that_was_cut_off_goes_on_behind_any_of_its_parts() {
    List<LocalDateTime> events =
        Stream.of("00:00:00", "05:59:59", "06:00:00", "11:59:59", "12:00:00", "23:59:58")
            .map(time -> LocalDateTime.parse("2026-03-14T" + time))
            .toList();
    appsflyer.server.always(PAID, asked -> newestThree(events, asked));
    appsflyer.server.always(ORGANIC, asked -> Answer.of(200, "Event Time\n"));
    appsflyer.fetch(3);
    List<Page> whole = appsflyer.sink.pages();
    int calls = appsflyer.server.asked().size();

    for (int received = 1; received < whole.size(); received++) {
      assertTrue(whole.get(received - 1).facts().containsKey(RawSink.NEXT), "more was to come");
      int before = appsflyer.server.asked().size();
      appsflyer.sink = new CollectedPages(whole.subList(0, received));
      appsflyer.fetch(3);
      assertEquals(whole, appsflyer.sink.pages());
      assertTrue(appsflyer.server.asked().size() - before <= calls - received, "" + received);
    }
    assertFalse(whole.get(whole.size() - 1).facts().containsKey(RawSink.NEXT));
  }

  /** What AppsFlyer does: newest first, cut at the rows allowed, both ends inclusive. */
  private static Answer newestThree(List<LocalDateTime> events, Asked asked) {
    LocalDateTime from = LocalDateTime.parse(asked.parameter("from"), MOMENT);
    LocalDateTime to = LocalDateTime.parse(asked.parameter("to"), MOMENT);
    return Answer.of(
        200,
        events.stream()
            .filter(e -> !e.isBefore(from) && !e.isAfter(to))
            .sorted(Comparator.reverseOrder())
            .limit(Long.parseLong(asked.parameter("maximum_rows")))
            .map(e -> MOMENT.format(e) + "\n")
            .collect(Collectors.joining("", "Event Time\n", "")));
  }

  @Test
  void a_minute_that_is_cut_off_asks_for_more_rows() {
    appsflyer.server.always(PAID, asked -> Answer.of(200, "Event Time\na\nb\n"));

    ChannelException e = assertThrows(ChannelException.class, () -> appsflyer.fetch(2));

    assertEquals(Kind.SPLIT, e.kind());
    assertTrue(e.getMessage().contains("raise channels.appsflyer.maximum_rows"), e.getMessage());
    assertEquals(List.of(), appsflyer.bodies());
  }

  @Test
  void a_report_that_is_no_csv_is_a_bad_file_and_not_downloaded_again() {
    appsflyer.server.on(PAID, recorded(200, "cut_inside_quotes.csv"));

    ChannelException e = appsflyer.refused();

    assertEquals(Kind.BAD_FILE, e.kind());
    assertEquals(ExitCode.HELD, e.exitCode());
    assertTrue(e.getMessage().contains("in_app_events_report of com.example.app"), e.getMessage());
    assertEquals(1, appsflyer.server.asked().size());
  }

  @Test
  void a_redirect_to_another_host_is_followed_without_the_token() {
    try (FakeApiServer files = new FakeApiServer()) {
      String file = "http://localhost:" + files.port() + "/once/one-time-path";
      files.on("/once/one-time-path", recorded(200, "events.csv"));
      appsflyer.server.on(PAID, Answer.of(302, "").with("Location", file));
      appsflyer.server.on(ORGANIC, recorded(200, "header_only.csv"));

      appsflyer.fetch(100);

      assertEquals(recorded(200, "events.csv").body(), appsflyer.bodies().get(0));
      assertEquals(
          "Bearer " + TOKEN, appsflyer.server.asked().get(0).headers().getFirst("Authorization"));
      assertNull(files.asked().get(0).headers().getFirst("Authorization"));
      assertFalse(appsflyer.sink.pages().toString().contains("one-time-path"));
    }
  }
}
