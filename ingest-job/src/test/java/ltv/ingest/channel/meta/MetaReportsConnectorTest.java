package ltv.ingest.channel.meta;

import static ltv.ingest.channel.meta.MetaOverHttp.DAY;
import static ltv.ingest.channel.meta.MetaOverHttp.INSIGHTS;
import static ltv.ingest.channel.meta.MetaOverHttp.recorded;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import ltv.config.Problems;
import ltv.config.Secret;
import ltv.ingest.channel.ChannelException;
import ltv.ingest.channel.ChannelException.Kind;
import ltv.ingest.channel.meta.MetaConfig.ReportMode;
import ltv.ingest.http.FakeApiServer.Answer;
import ltv.ingest.http.FakeApiServer.Asked;
import ltv.run.ExitCode;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.api.parallel.Resources;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@ResourceLock(MetaOverHttp.SDK)
@ResourceLock(Resources.SYSTEM_OUT)
class MetaReportsConnectorTest {
  private final MetaOverHttp meta = new MetaOverHttp();

  @AfterEach
  void stop() {
    meta.close();
  }

  @Test
  void placements_are_asked_for_by_platform_position_and_device_and_without_conversions() {
    meta.insights(recorded(200, "placement_page"));

    meta.fetch(MetaReport.PLACEMENT, ReportMode.SYNC, DAY);

    Asked asked = meta.asked(INSIGHTS).get(0);
    assertEquals(
        "publisher_platform,platform_position,impression_device", asked.parameter("breakdowns"));
    assertEquals("ad", asked.parameter("level"));
    assertFalse(asked.parameter("fields").contains("action"), asked.parameter("fields"));
    assertEquals("", asked.parameter("action_attribution_windows"));
    assertEquals(List.of(recorded(200, "placement_page").body()), meta.bodies());
    assertEquals(asked.parameter("breakdowns"), meta.sink.pages().get(0).facts().get("breakdowns"));
  }

  @ParameterizedTest
  @CsvSource({
    "ACCOUNT, 'account_id,account_currency,impressions,clicks,inline_link_clicks,reach,frequency,spend'",
    "CAMPAIGN, 'account_id,account_currency,campaign_id,campaign_name,impressions,clicks,inline_link_clicks,reach,frequency,spend,actions,action_values'",
    "ADSET, 'account_id,account_currency,campaign_id,campaign_name,adset_id,adset_name,impressions,clicks,inline_link_clicks,reach,frequency,spend'"
  })
  void an_upper_level_is_asked_for_its_own_reach_and_frequency(MetaReport report, String fields) {
    meta.insights(recorded(200, "insights_empty"));

    meta.fetch(report, ReportMode.SYNC, DAY);

    Asked asked = meta.asked(INSIGHTS).get(0);
    assertEquals(report.stream(), asked.parameter("level"));
    assertEquals(fields, asked.parameter("fields"));
    assertEquals("", asked.parameter("breakdowns"));
  }

  @Test
  void settings_are_asked_of_the_account_by_pages_and_are_never_a_report_job() {
    String path = "/v26.0/act_1200340056/campaigns";
    meta.server.on(
        path,
        Answer.of(
            200,
            "{\"data\":[{\"id\":\"c1\",\"daily_budget\":\"500000\"}],\"paging\":{\"next\":\"{server}"
                + path
                + "?after=x\"}}"),
        Answer.of(200, "{\"data\":[{\"id\":\"c2\"}]}"));

    meta.fetch(MetaReport.CAMPAIGN_SETTING, ReportMode.ASYNC, DAY);

    List<Asked> asked = meta.asked(path);
    assertEquals(
        "account_id,id,name,status,effective_status,objective,daily_budget,lifetime_budget",
        asked.get(0).parameter("fields"));
    assertEquals("", asked.get(0).parameter("time_range"));
    assertTrue(
        asked.get(0).parameter("effective_status").contains("ARCHIVED"), "which Meta leaves out");
    assertEquals("x", asked.get(1).parameter("after"));
    assertEquals(2, meta.bodies().size());
    assertEquals(path, meta.sink.pages().get(0).facts().get("path"));
  }

  @Test
  void links_are_asked_of_the_ads_that_are_not_archived() {
    String path = "/v26.0/act_1200340056/ads";
    meta.server.on(
        path,
        Answer.of(
            200,
            "{\"data\":[{\"id\":\"a1\",\"creative\":{\"id\":\"9\",\"object_story_spec\":{\"link_data\":{\"link\":\"https://shop.example/\"}}}}]}"));

    meta.fetch(MetaReport.AD_LINK, ReportMode.ASYNC, DAY);

    Asked asked = meta.asked(path).get(0);
    assertTrue(
        asked.parameter("fields").startsWith("account_id,campaign_id,adset_id,id,creative{"),
        asked.parameter("fields"));
    assertEquals("", asked.parameter("effective_status"));
    assertEquals("", asked.parameter("time_range"));
    assertEquals(path, meta.sink.pages().get(0).facts().get("path"));
  }

  @Test
  void a_campaign_on_two_pages_of_settings_is_refused() {
    String path = "/v26.0/act_1200340056/campaigns";
    String row = "{\"data\":[{\"id\":\"c1\"}]";
    meta.server.on(
        path,
        Answer.of(200, row + ",\"paging\":{\"next\":\"{server}" + path + "?after=x\"}}"),
        Answer.of(200, row + "}"));

    ChannelException e = meta.refused(MetaReport.CAMPAIGN_SETTING, ReportMode.SYNC, DAY);

    assertTrue(e.getMessage().contains("pages 1 and 2 both hold the row of c1"), e.getMessage());
  }

  @Test
  void a_paging_link_that_leads_back_is_not_followed_for_ever() {
    meta.server.always(INSIGHTS, asked -> recorded(200, "insights_page1"));

    ChannelException e = meta.refused(ReportMode.SYNC);

    assertEquals(Kind.RETRY, e.kind());
    assertTrue(e.getMessage().contains("leads to a page that was read already"), e.getMessage());
    assertEquals(2, meta.server.asked().size());
  }

  @Test
  void two_pages_with_the_same_ad_are_refused_since_another_may_be_on_none() {
    Answer last = recorded(200, "insights_page2");
    meta.insights(
        recorded(200, "insights_page1"),
        Answer.of(200, last.body().replace("1202100000004", "1202100000003")));

    ChannelException e = meta.refused(ReportMode.SYNC);

    assertEquals(Kind.RETRY, e.kind());
    assertTrue(
        e.getMessage().contains("pages 1 and 2 both hold the row of 1202100000003"),
        e.getMessage());
  }

  @Test
  void an_ad_in_two_places_is_no_repeat_though_it_is_on_two_pages() {
    String page = recorded(200, "placement_page").body();
    String link = "\"paging\":{\"next\":\"{server}" + INSIGHTS + "?after=x\",";
    meta.insights(
        Answer.of(200, page.replace("\"paging\":{", link)),
        Answer.of(
            200, page.replace("instagram\"", "messenger\"").replace("facebook\"", "threads\"")));

    meta.fetch(MetaReport.PLACEMENT, ReportMode.SYNC, DAY);

    assertEquals(2, meta.bodies().size());
  }

  @Test
  void a_day_that_meta_keeps_no_more_is_refused_before_anybody_is_asked() {
    ChannelException e =
        meta.refused(MetaReport.INSIGHTS, ReportMode.SYNC, LocalDate.of(2023, 2, 14));

    assertEquals(Kind.TOO_OLD, e.kind());
    assertEquals(ExitCode.USAGE, e.exitCode());
    assertTrue(
        e.getMessage()
            .contains(
                "of 2023-02-14 there is nothing any more, the first day that can be read is 2023-02-16"),
        e.getMessage());
    assertEquals(List.of(), meta.server.asked());
  }

  @Test
  void what_meta_itself_finds_too_old_is_told_so() {
    meta.insights(recorded(400, "error_too_old"));

    ChannelException e = meta.refused(ReportMode.SYNC);

    assertEquals(Kind.TOO_OLD, e.kind());
    assertTrue(e.getMessage().contains("beyond 37 months"), e.getMessage());
  }

  @Test
  void an_account_that_the_token_does_not_see_names_the_setting() {
    meta.insights(recorded(400, "error_not_there"));

    ChannelException e = meta.refused(ReportMode.SYNC);

    assertEquals(Kind.REFUSED, e.kind());
    assertTrue(e.getMessage().contains("channels.meta.accounts"), e.getMessage());
  }

  @Test
  void what_is_typed_from_other_pages_needs_these_and_no_report_at_all_is_refused() {
    assertTrue(problems(List.of(MetaReport.ACTION)).contains("add insights"));
    assertTrue(problems(List.of(MetaReport.CAMPAIGN_ACTION)).contains("add campaign"));
    assertTrue(problems(List.of()).contains("reports names no report"));
  }

  private static String problems(List<MetaReport> reports) {
    MetaConfig.Account account = new MetaConfig.Account("12", ZoneId.of("Asia/Seoul"));
    return assertThrows(
            Problems.Found.class,
            () ->
                new MetaConfig(
                    null,
                    "v26.0",
                    new Secret("t"),
                    null,
                    null,
                    null,
                    null,
                    reports,
                    List.of(account)))
        .problems()
        .toString();
  }
}
