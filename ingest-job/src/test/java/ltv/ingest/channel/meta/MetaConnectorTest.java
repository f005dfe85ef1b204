package ltv.ingest.channel.meta;

import static ltv.ingest.channel.meta.MetaOverHttp.APP_SECRET;
import static ltv.ingest.channel.meta.MetaOverHttp.INSIGHTS;
import static ltv.ingest.channel.meta.MetaOverHttp.TOKEN;
import static ltv.ingest.channel.meta.MetaOverHttp.recorded;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.facebook.ads.sdk.CrashReporter;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import ltv.ingest.channel.ChannelException;
import ltv.ingest.channel.ChannelException.Kind;
import ltv.ingest.channel.meta.MetaConfig.ReportMode;
import ltv.ingest.http.FakeApiServer.Answer;
import ltv.ingest.http.FakeApiServer.Asked;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.api.parallel.Resources;

@ResourceLock(MetaOverHttp.SDK)
@ResourceLock(Resources.SYSTEM_OUT)
class MetaConnectorTest {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final MetaOverHttp meta = new MetaOverHttp();

  @AfterEach
  void stop() {
    meta.close();
  }

  @Test
  void pages_are_followed_until_next_is_absent_though_a_cursor_is_there() throws Exception {
    meta.insights(recorded(200, "insights_page1"), recorded(200, "insights_page2"));

    meta.fetch(ReportMode.SYNC);

    assertEquals(List.of("1202100000003", "1202100000004"), ads());
    assertEquals(2, meta.server.asked().size());
    assertEquals("MTAwZAZDZD", meta.server.asked().get(1).parameter("after"));
    assertEquals(
        List.of("1", "2"), meta.sink.pages().stream().map(p -> p.facts().get("page")).toList());
  }

  @Test
  void the_sdks_crash_reporter_is_off_and_silent() throws Exception {
    meta.insights(recorded(200, "insights_empty"));
    ByteArrayOutputStream printed = new ByteArrayOutputStream();
    CrashReporter.setLogger(new PrintStream(printed, true, StandardCharsets.UTF_8));
    meta.fetch(ReportMode.SYNC);

    assertEquals("", printed.toString(StandardCharsets.UTF_8));
    assertNull(Thread.getDefaultUncaughtExceptionHandler());
  }

  @Test
  void a_second_page_that_fails_leaves_nothing_behind() {
    meta.insights(recorded(200, "insights_page1"), recorded(400, "error_bad_field"));

    ChannelException e = meta.refused(ReportMode.SYNC);

    assertEquals(Kind.BUG, e.kind());
    assertTrue(e.getMessage().contains("refuses a field or parameter"), e.getMessage());
    assertTrue(e.getMessage().contains("reachh is not valid"), e.getMessage());
  }

  @Test
  void a_day_without_delivery_is_one_empty_page() {
    meta.insights(recorded(200, "insights_empty"));

    meta.fetch(ReportMode.SYNC);

    assertEquals(List.of("{\"data\":[]}"), meta.bodies().stream().map(String::strip).toList());
    assertEquals("json", meta.sink.pages().get(0).format());
  }

  @Test
  void a_field_nobody_knows_lands_as_it_came() throws Exception {
    meta.insights(recorded(200, "insights_page1"), recorded(200, "insights_page2"));

    meta.fetch(ReportMode.SYNC);

    JsonNode row = JSON.readTree(meta.bodies().get(0)).path("data").get(0);
    assertEquals("tomorrow", row.path("new_metric").path("of").asText());
    assertEquals("KR spring | 봄", row.path("campaign_name").asText());
  }

  @Test
  void the_report_is_one_day_of_ads_under_the_unified_setting() throws Exception {
    meta.insights(recorded(200, "insights_empty"));

    meta.fetch(ReportMode.SYNC);

    Asked asked = meta.server.asked().get(0);
    assertEquals("GET", asked.method());
    assertEquals(
        JSON.readTree("{\"since\":\"2026-03-14\",\"until\":\"2026-03-14\"}"),
        JSON.readTree(asked.parameter("time_range")));
    assertEquals("ad", asked.parameter("level"));
    assertEquals("1", asked.parameter("time_increment"));
    assertEquals("true", asked.parameter("use_unified_attribution_setting"));
    assertEquals(
        "[\"1d_click\",\"7d_click\",\"28d_click\",\"1d_view\"]",
        asked.parameter("action_attribution_windows"));
    assertEquals("", asked.parameter("breakdowns"));
    assertEquals("100", asked.parameter("limit"));
    assertTrue(asked.parameter("fields").contains("spend"), asked.parameter("fields"));
    assertEquals("", asked.parameter("action_breakdowns"));
  }

  @Test
  void every_call_proves_that_we_know_the_app_secret() throws Exception {
    Mac mac = Mac.getInstance("HmacSHA256");
    mac.init(new SecretKeySpec(APP_SECRET.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
    String proof = HexFormat.of().formatHex(mac.doFinal(TOKEN.getBytes(StandardCharsets.UTF_8)));
    meta.insights(recorded(200, "insights_page1"), recorded(200, "insights_page2"));

    meta.fetch(ReportMode.SYNC);

    for (Asked asked : meta.asked(INSIGHTS)) {
      assertEquals(TOKEN, asked.parameter("access_token"));
      assertEquals(proof, asked.parameter("appsecret_proof"));
      assertFalse(asked.parameters().containsValue(APP_SECRET), asked.toString());
    }
  }

  @Test
  void neither_bodies_nor_facts_that_land_hold_the_token() {
    meta.insights(recorded(200, "insights_page1"), recorded(200, "insights_page2"));

    meta.fetch(ReportMode.SYNC);

    meta.sink
        .pages()
        .forEach(page -> assertFalse(page.toString().contains(TOKEN), page.toString()));
    assertTrue(meta.bodies().get(0).contains("access_token=***&level=ad"), meta.bodies().get(0));
  }

  @Test
  void a_paging_link_to_a_foreign_host_is_refused_and_not_followed() {
    meta.insights(recorded(200, "insights_foreign_next"));

    ChannelException e = meta.refused(ReportMode.SYNC);

    assertEquals(Kind.BUG, e.kind());
    assertTrue(e.getMessage().contains("leads to http://foreign.example:80"), e.getMessage());
    assertTrue(e.getMessage().contains("it was not followed"), e.getMessage());
    assertEquals(1, meta.server.asked().size());
  }

  @Test
  void a_paging_link_that_is_no_web_address_is_refused() {
    String link = "ftp://foreign.example/?access_token=" + TOKEN;
    meta.insights(Answer.of(200, "{\"data\":[],\"paging\":{\"next\":\"" + link + "\"}}"));

    ChannelException e = meta.refused(ReportMode.SYNC);

    assertEquals(Kind.BUG, e.kind());
    assertTrue(e.getMessage().contains("no http or https address"), e.getMessage());
  }

  @Test
  void a_long_report_that_ends_early_is_told_briefly_and_without_the_token() {
    String page = recorded(200, "insights_page1").body();
    String name = "n".repeat(1 << 17);
    meta.insights(Answer.of(200, page.replace("LAL1", name).replace("after=MTAwZAZDZD\"}}", "")));

    ChannelException e = meta.refused(ReportMode.SYNC);

    assertEquals(Kind.RETRY, e.kind());
    assertTrue(e.getMessage().contains("Meta's answer is not understood"), e.getMessage());
    assertTrue(e.getMessage().length() < 400, e.getMessage());
  }

  private List<String> ads() throws Exception {
    List<String> ads = new ArrayList<>();
    for (String body : meta.bodies()) {
      JSON.readTree(body).path("data").forEach(row -> ads.add(row.path("ad_id").asText()));
    }
    return ads;
  }

  @Test
  void an_account_is_examined_by_its_zone() {
    String account =
        "{\"id\":\"act_1200340056\",\"name\":\"shop\",\"currency\":\"KRW\",\"timezone_name\":\"%s\",\"account_status\":1}";
    meta.server.on(
        "/v26.0/act_1200340056/",
        Answer.of(200, account.formatted("Asia/Seoul")),
        Answer.of(200, account.formatted("America/Los_Angeles")));

    assertEquals("shop, Asia/Seoul, KRW, account_status 1", meta.examined());
    ChannelException e = assertThrows(ChannelException.class, meta::examined);
    assertTrue(e.getMessage().contains("keeps its days in America/Los_Angeles"), e.getMessage());
  }
}
