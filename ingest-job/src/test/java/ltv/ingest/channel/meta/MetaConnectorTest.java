package ltv.ingest.channel.meta;

import static ltv.ingest.channel.meta.MetaAccount.INSIGHTS;
import static ltv.ingest.channel.meta.MetaAccount.NOW;
import static ltv.ingest.channel.meta.MetaAccount.TOKEN;
import static ltv.ingest.channel.meta.MetaAccount.limited;
import static ltv.ingest.channel.meta.MetaAccount.page2;
import static ltv.ingest.channel.meta.MetaAccount.tooMuch;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
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

/** Through the SDK, which has one executor per process: one such test at a time. */
@ResourceLock("facebook-sdk")
@ResourceLock(Resources.SYSTEM_OUT)
class MetaConnectorTest {
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
  void pages_are_followed_to_the_last_one_although_its_cursor_goes_on() {
    meta.server.on(INSIGHTS, meta.page1(), page2());

    meta.fetch(ReportMode.SYNC);

    assertEquals(2, meta.server.asked().size());
    assertEquals("MTAZD", meta.server.asked().get(1).parameter("after"));
    assertEquals(2, meta.landed.bodies().size());
    assertTrue(meta.landed.bodies().get(1).contains("\"ad_id\":\"3\""));
    assertTrue(
        meta.landed.bodies().get(0).contains("a_field_of_next_year"), "unknown fields are kept");
  }

  @Test
  void a_request_names_one_day_level_and_attribution_and_proves_the_apps_secret() throws Exception {
    meta.server.on(INSIGHTS, Answer.recorded(200, "meta/insights_empty.json"));

    meta.fetch(ReportMode.SYNC);

    var asked = meta.server.asked().get(0);
    assertEquals(
        "{\"since\":\"2026-11-19\",\"until\":\"2026-11-19\"}",
        sorted(asked.parameter("time_range")));
    assertEquals("ad", asked.parameter("level"));
    assertEquals("1", asked.parameter("time_increment"));
    assertEquals("true", asked.parameter("use_unified_attribution_setting"));
    assertEquals(TOKEN, asked.parameter("access_token"));
    Mac mac = Mac.getInstance("HmacSHA256");
    mac.init(new SecretKeySpec("secret of the app".getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
    assertEquals(
        HexFormat.of().formatHex(mac.doFinal(TOKEN.getBytes(StandardCharsets.UTF_8))),
        asked.parameter("appsecret_proof"));
  }

  /** The two members of a time range in their usual order, whatever order a map had. */
  private static String sorted(String range) {
    return range.startsWith("{\"until\"")
        ? range.replaceAll("\\{(\"until\":\"[^\"]*\"),(\"since\":\"[^\"]*\")}", "{$2,$1}")
        : range;
  }

  @Test
  void an_empty_report_is_one_page_without_rows() {
    meta.server.on(INSIGHTS, Answer.recorded(200, "meta/insights_empty.json"));

    meta.fetch(ReportMode.SYNC);

    assertEquals(List.of("{\"data\":[]}"), meta.landed.bodies());
  }

  @Test
  void nothing_of_a_day_lands_when_its_second_page_fails() {
    meta.server.on(INSIGHTS, meta.page1(), Answer.recorded(400, "meta/error_bad_field.json"));

    ChannelException e = meta.refused(ReportMode.SYNC);

    assertEquals(Kind.BUG, e.kind());
    assertEquals(List.of(), meta.landed.bodies());
  }

  @Test
  void an_expired_token_is_refused_at_once_and_the_setting_is_named() {
    meta.server.on(INSIGHTS, Answer.recorded(400, "meta/error_token.json"));

    ChannelException e = meta.refused(ReportMode.SYNC);

    assertEquals(Kind.REFUSED, e.kind());
    assertTrue(e.getMessage().contains("channels.meta.access_token"), e.getMessage());
    assertFalse(e.getMessage().contains(TOKEN), e.getMessage());
    assertEquals(1, meta.server.asked().size());
  }

  @Test
  void a_missing_permission_names_the_accounts() {
    meta.server.on(INSIGHTS, Answer.recorded(403, "meta/error_permission.json"));

    assertTrue(meta.refused(ReportMode.SYNC).getMessage().contains("channels.meta.accounts"));
  }

  @Test
  void a_call_limit_is_waited_for_as_long_as_meta_says() {
    meta.server.on(INSIGHTS, limited(3), page2());

    meta.fetch(ReportMode.SYNC);

    assertEquals(List.of(Duration.ofMinutes(3)), meta.pauses.wanted());
    assertEquals(1, meta.landed.bodies().size());
  }

  @Test
  void a_long_call_limit_is_left_to_the_scheduler() {
    meta.server.on(INSIGHTS, limited(30));

    ChannelException e = meta.refused(ReportMode.SYNC);

    assertEquals(Kind.WAIT_UNTIL, e.kind());
    assertEquals(Optional.of(NOW.plus(Duration.ofMinutes(30))), e.until());
    assertEquals(1, meta.server.asked().size());
  }

  @Test
  void passing_faults_in_any_dress_are_tried_again() {
    meta.server.on(
        INSIGHTS,
        Answer.recorded(400, "meta/error_slow_down.json"),
        Answer.recorded(500, "meta/error_passing.json"),
        Answer.of(200, "<html>Sorry, something went wrong</html>"),
        page2().thatIsCutOff(),
        page2());

    meta.fetch(ReportMode.SYNC);

    assertEquals(5, meta.server.asked().size());
    assertEquals(Duration.ofSeconds(60), meta.pauses.wanted().get(0), "a slow-down is a minute");
    assertEquals(1, meta.landed.bodies().size());
  }

  @Test
  void a_day_that_is_too_large_is_asked_for_in_smaller_pages() {
    meta.server.on(INSIGHTS, tooMuch(), page2());

    meta.fetch(ReportMode.SYNC);

    assertEquals("100", meta.server.asked().get(0).parameter("limit"));
    assertEquals("50", meta.server.asked().get(1).parameter("limit"));
    assertEquals(1, meta.landed.bodies().size());
  }

  @Test
  void a_paging_link_to_another_host_is_not_followed() {
    meta.server.on(
        INSIGHTS,
        Answer.recorded(200, "meta/insights_page1.json", "BASE", "http://elsewhere.example"));

    ChannelException e = meta.refused(ReportMode.SYNC);

    assertTrue(e.getMessage().contains("leads to http://elsewhere.example:80"), e.getMessage());
    assertEquals(1, meta.server.asked().size());
  }

  @Test
  void no_token_lands() {
    meta.server.on(INSIGHTS, meta.page1(), page2());

    meta.fetch(ReportMode.SYNC);

    assertFalse(meta.landed.bodies().toString().contains(TOKEN));
    assertFalse(meta.landed.facts().toString().contains(TOKEN));
    assertTrue(meta.landed.bodies().get(0).contains("access_token=***"));
  }
}
