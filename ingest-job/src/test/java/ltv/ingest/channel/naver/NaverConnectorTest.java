package ltv.ingest.channel.naver;

import static ltv.ingest.channel.naver.NaverOverHttp.FILE;
import static ltv.ingest.channel.naver.NaverOverHttp.JOBS;
import static ltv.ingest.channel.naver.NaverOverHttp.MASTERS;
import static ltv.ingest.channel.naver.NaverOverHttp.NOW;
import static ltv.ingest.channel.naver.NaverOverHttp.gone;
import static ltv.ingest.channel.naver.NaverOverHttp.job;
import static ltv.ingest.channel.naver.NaverOverHttp.rows;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import ltv.config.Secret;
import ltv.ingest.channel.ChannelException;
import ltv.ingest.channel.ChannelException.Kind;
import ltv.ingest.channel.CollectedPages;
import ltv.ingest.channel.CollectedPages.Page;
import ltv.ingest.http.FakeApiServer.Answer;
import ltv.ingest.http.FakeApiServer.Asked;
import ltv.run.ExitCode;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class NaverConnectorTest {
  private final NaverOverHttp naver = new NaverOverHttp();

  @AfterEach
  void stop() {
    naver.close();
  }

  /** Computed by {@code openssl dgst -sha256 -hmac … -binary | base64}. */
  @Test
  void what_is_signed_is_moment_method_and_path_without_the_query() {
    assertEquals(
        "5pa0ONRw5KS8EUf3v/OKNQrwm7Y4W8AmY/rmaCDGXRE=",
        SignedCalls.signature(
            "1457082455307", "GET", "/ncc/campaigns", new Secret("secret-key-of-the-test")));
  }

  @Test
  void a_report_is_ordered_looked_at_until_it_is_built_and_downloaded() {
    naver.server.on(JOBS, job(7, "REGIST"));
    naver.server.on(JOBS + "/7", job(7, "WAITING"), job(7, "RUNNING"), job(7, "BUILT"));
    naver.server.on(FILE, rows());

    naver.fetch("ad");

    assertEquals(
        List.of(
            "POST /stat-reports",
            "GET /stat-reports/7",
            "GET /stat-reports/7",
            "GET /stat-reports/7",
            "GET /report-download"),
        asked());
    Asked order = naver.server.asked().get(0);
    assertEquals("{\"reportTp\":\"AD\",\"statDt\":\"20260314\"}", order.body());
    assertEquals("113131", order.headers().getFirst("X-Customer"));
    assertEquals("licence-of-the-test", order.headers().getFirst("X-API-KEY"));
    assertEquals("" + NOW.toEpochMilli(), order.headers().getFirst("X-Timestamp"));
    Asked file = naver.server.asked().get(4);
    assertEquals(Map.of("authtoken", "t7", "fileVersion", "v2"), file.parameters());
    assertEquals(
        SignedCalls.signature(
            "" + NOW.toEpochMilli(), "GET", FILE, new Secret("secret-key-of-the-test")),
        file.headers().getFirst("X-Signature"));
    assertEquals(
        List.of(Duration.ofSeconds(5), Duration.ofSeconds(5), Duration.ofSeconds(5)),
        naver.pauses.wanted());
    Page page = naver.sink.pages().get(0);
    assertEquals(rows().body(), page.body());
    assertEquals("7", page.facts().get(ReportJob.JOB));
    assertTrue(page.facts().values().stream().noneMatch(f -> f.contains("t7")), "" + page.facts());
  }

  @Test
  void searches_are_a_report_of_the_day_too() {
    naver.server.on(JOBS, job(7, "BUILT"));
    naver.server.on(FILE, rows());

    naver.fetch("search_term");

    assertEquals(
        "{\"reportTp\":\"EXPKEYWORD\",\"statDt\":\"20260314\"}",
        naver.server.asked().get(0).body());
    assertEquals("EXPKEYWORD", naver.sink.pages().get(0).facts().get("report"));
  }

  private List<String> asked() {
    return naver.server.asked().stream().map(a -> a.method() + " " + a.path()).toList();
  }

  @Test
  void a_day_without_a_report_is_a_fact_and_its_job_goes() {
    naver.server.on(JOBS, job(7, "NONE"));
    naver.server.on(JOBS + "/7", gone());

    naver.fetch("ad");

    assertEquals(List.of(), naver.sink.pages());
    assertEquals(List.of("POST /stat-reports", "DELETE /stat-reports/7"), asked());
  }

  @Test
  void a_day_that_is_not_added_up_yet_is_asked_for_later() {
    naver.server.on(JOBS, job(7, "AGGREGATING"));
    naver.server.on(JOBS + "/7", gone());

    ChannelException e = naver.refused();

    assertEquals(Kind.WAIT_UNTIL, e.kind());
    assertEquals(Optional.of(NOW.plus(Duration.ofHours(1))), e.until());
    assertEquals(ExitCode.UNAVAILABLE, e.exitCode());
  }

  @ParameterizedTest
  @CsvSource({"ERROR", "CHANGED"})
  void a_report_that_failed_or_was_corrected_meanwhile_is_ordered_anew(String status) {
    naver.server.on(JOBS, job(7, status), job(8, "BUILT"));
    naver.server.on(JOBS + "/7", gone());
    naver.server.on(FILE, rows());

    naver.fetch("ad");

    assertEquals(
        List.of(
            "POST /stat-reports",
            "DELETE /stat-reports/7",
            "POST /stat-reports",
            "GET /report-download"),
        asked());
    assertEquals("8", naver.sink.pages().get(0).facts().get(ReportJob.JOB));
  }

  @Test
  void one_that_fails_three_times_is_given_up() {
    for (int id = 1; id <= 3; id++) {
      naver.server.on(JOBS, job(id, "ERROR"));
      naver.server.on(JOBS + "/" + id, gone());
    }

    ChannelException e = naver.refused();

    assertEquals(Kind.RETRY, e.kind());
    assertTrue(e.getMessage().contains("ended 3 times with ERROR"), e.getMessage());
  }

  @Test
  void one_that_is_never_built_is_given_up_after_half_an_hour() {
    naver.server.on(JOBS, job(7, "REGIST"));
    naver.server.always(JOBS + "/7", a -> job(7, "RUNNING"));

    assertEquals(Kind.RETRY, naver.refused().kind());
    assertEquals(360, naver.pauses.wanted().size());
  }

  @ParameterizedTest
  @ValueSource(ints = {4601, 20011})
  void the_job_of_the_reading_before_is_deleted_once_the_new_one_is_here(int code) {
    naver.sink = new CollectedPages(List.of(), Optional.of(Map.of(ReportJob.JOB, "6")));
    naver.server.on(JOBS, job(7, "BUILT"));
    naver.server.on(FILE, rows());
    naver.server.on(
        JOBS + "/6",
        Answer.of(404, "{\"code\":%d,\"status\":404,\"title\":\"gone\"}".formatted(code)));

    naver.fetch("ad");

    assertEquals(
        List.of("POST /stat-reports", "GET /report-download", "DELETE /stat-reports/6"), asked());
    assertEquals(1, naver.sink.pages().size(), "that it is gone already is no fault");
  }

  @ParameterizedTest
  @CsvSource({"campaign, Campaign", "keyword, Keyword"})
  void a_master_report_is_deleted_at_once_for_only_a_hundred_are_kept(String stream, String item) {
    naver.server.on(
        MASTERS,
        Answer.of(
            200,
            "{\"id\":\"M1\",\"item\":\"%s\",\"status\":\"BUILT\",\"downloadUrl\":\"{server}/report-download?authtoken=m\"}"
                .formatted(item)));
    naver.server.on(FILE, Answer.of(200, "113131\tcmp-1\t브랜드\t1\t1\t0\t\t\t2026-01-01\t\t0\t\n"));
    naver.server.on(MASTERS + "/M1", gone());

    naver.fetch(stream);

    assertEquals(
        List.of("POST /master-reports", "GET /report-download", "DELETE /master-reports/M1"),
        asked());
    assertEquals("{\"item\":\"" + item + "\"}", naver.server.asked().get(0).body());
    assertEquals(0, naver.stream(stream).lookbackDays(), "it tells what is now");
  }

  @Test
  void a_file_that_lies_elsewhere_is_not_fetched() {
    Answer elsewhere =
        Answer.of(200, job(7, "BUILT").body().replace("{server}", "http://attacker.example"));
    naver.server.on(JOBS, elsewhere);

    ChannelException e = naver.refused();

    assertEquals(Kind.BUG, e.kind());
    assertTrue(e.getMessage().contains("leads to attacker.example"), e.getMessage());
  }

  @Test
  void days_that_naver_says_it_corrected_are_told_with_the_moment() {
    String list =
        IntStream.range(0, 3)
            .mapToObj(i -> job(i, i == 0 ? "BUILT" : "CHANGED").body())
            .collect(Collectors.joining(",", "[", "]"));
    String iso =
        list.replaceFirst("(\"CHANGED\",\"statDt\":\")20260314", "$12026-03-12T15:00:00.000Z");
    String other =
        iso.replace(
            "]",
            ",{\"reportTp\":\"AD_CONVERSION\",\"status\":\"CHANGED\",\"statDt\":\"20260301\"}]");
    naver.server.on(JOBS, Answer.of(200, other));
    var stream = naver.stream("ad");

    Instant corrected = Instant.parse("2026-03-15T01:00:00Z");
    assertEquals(
        Map.of(LocalDate.of(2026, 3, 13), corrected, LocalDate.of(2026, 3, 14), corrected),
        naver.connector().restated(stream, stream.accounts().get(0)));
  }

  @Test
  void an_account_is_examined_by_its_campaigns() {
    naver.server.on("/ncc/campaigns", Answer.of(200, "[{\"nccCampaignId\":\"cmp-1\"}]"));

    assertEquals(
        "1 campaigns may be read", naver.connector().examine(naver.stream("ad").accounts().get(0)));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "403 | {\"status\":403,\"title\":\"Invalid Signature\"} | REFUSED | Is this host's clock right",
        "403 | {\"status\":403,\"title\":\"Invalid API-KEY\"} | REFUSED | Give a valid",
        "400 | {\"code\":1018,\"status\":400,\"title\":\"no right\"} | REFUSED | Give a valid",
        "400 | {\"code\":10004,\"message\":\"too old\"} | BUG | keeps no report of a day so old",
        "400 | {\"code\":1002,\"title\":\"invalid\"} | BUG | refuses the request",
        "503 | {\"code\":503,\"title\":\"maintenance\"} | RETRY | has a passing fault",
        "502 | <html>bad gateway</html> | RETRY | has a passing fault",
        "200 | <html>who are you</html> | RETRY | answers with a web page",
        "429 | {\"code\":429} | RETRY | asks to slow down",
        "400 | {\"code\":1016,\"title\":\"too many\"} | RETRY | asks to slow down",
        "400 | {\"code\":1014,\"title\":\"limit\"} | RETRY | has a passing fault",
      })
  void what_an_answer_means(int status, String body, Kind kind, String told) {
    naver.server.always(JOBS, a -> Answer.of(status, body));

    ChannelException e = naver.refused();

    assertEquals(kind, e.kind());
    assertTrue(e.getMessage().contains(told), e.getMessage());
    assertEquals(kind == Kind.RETRY ? 5 : 1, naver.server.asked().size());
  }

  @Test
  void a_stated_wait_is_made_and_every_try_signed_anew() {
    naver.server.on(
        JOBS, Answer.of(429, "{\"code\":429}").with("Retry-After", "7"), job(7, "BUILT"));
    naver.server.on(FILE, Answer.of(200, "half").cutOff(), rows());

    naver.fetch("ad");

    assertEquals(Duration.ofSeconds(7), naver.pauses.wanted().get(0));
    assertEquals(rows().body(), naver.sink.pages().get(0).body());
    assertEquals(4, naver.server.asked().size());
  }
}
