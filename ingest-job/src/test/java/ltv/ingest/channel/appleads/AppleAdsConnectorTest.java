package ltv.ingest.channel.appleads;

import static ltv.ingest.channel.appleads.AppleAdsOverHttp.CAMPAIGNS;
import static ltv.ingest.channel.appleads.AppleAdsOverHttp.TOKEN;
import static ltv.ingest.channel.appleads.AppleAdsOverHttp.recorded;
import static ltv.ingest.channel.appleads.AppleAdsOverHttp.token;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.ZoneId;
import java.util.List;
import ltv.ingest.channel.ChannelAccount;
import ltv.ingest.channel.ChannelException;
import ltv.ingest.channel.ChannelException.Kind;
import ltv.ingest.channel.CollectedPages;
import ltv.ingest.channel.CollectedPages.Page;
import ltv.ingest.channel.RawSink;
import ltv.ingest.http.FakeApiServer.Answer;
import ltv.ingest.http.FakeApiServer.Asked;
import ltv.run.ExitCode;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class AppleAdsConnectorTest {
  private final AppleAdsOverHttp apple = new AppleAdsOverHttp();

  @AfterEach
  void stop() {
    apple.close();
  }

  private void twoPages() {
    apple.server.on(
        CAMPAIGNS, recorded(200, "campaigns_page1.json"), recorded(200, "campaigns_page2.json"));
  }

  @Test
  void every_page_is_asked_for_in_the_body_and_lands_as_it_came() {
    apple.server.on(TOKEN, token(1));
    twoPages();

    apple.fetch("campaign");

    Asked token = apple.server.asked().get(0);
    assertEquals("client_credentials", token.parameter("grant_type"));
    assertEquals("searchadsorg", token.parameter("scope"));
    assertEquals(3, token.parameter("client_secret").split("\\.").length);
    Asked second = apple.reports().get(1);
    assertEquals("Bearer access-1", second.headers().getFirst("Authorization"));
    assertEquals("orgId=3219110", second.headers().getFirst("X-AP-Context"));
    assertEquals(
        "{\"startTime\":\"2026-03-14\",\"endTime\":\"2026-03-14\",\"granularity\":\"DAILY\",\"timeZone\":\"ORTZ\","
            + "\"selector\":{\"orderBy\":[{\"sortOrder\":\"ASCENDING\",\"field\":\"countryOrRegion\"}],\"conditions\":[],"
            + "\"pagination\":{\"offset\":2,\"limit\":2}},\"groupBy\":[\"countryOrRegion\"],"
            + "\"returnRecordsWithNoMetrics\":false,\"returnRowTotals\":false,\"returnGrandTotals\":false}",
        second.body());
    assertEquals(2, apple.reports().size(), "the last page is known without asking for another");
    assertEquals(
        List.of(
            recorded(200, "campaigns_page1.json").body(),
            recorded(200, "campaigns_page2.json").body()),
        apple.bodies());
  }

  @Test
  void settings_are_a_list_of_campaigns_by_page_and_no_report() {
    String path = CAMPAIGNS.replace("/reports", "");
    String page = "{\"data\":[%s],\"pagination\":{\"totalResults\":3}}";
    apple.server.on(TOKEN, token(1));
    apple.server.on(
        path,
        Answer.of(200, page.formatted("{\"id\":1},{\"id\":2}")),
        Answer.of(200, page.formatted("{\"id\":3}")));

    apple.fetch("campaign_setting");

    Asked second = apple.server.asked().get(2);
    assertEquals("GET", second.method());
    assertEquals("2", second.parameter("offset"));
    assertEquals("2", second.parameter("limit"));
    assertEquals("orgId=3219110", second.headers().getFirst("X-AP-Context"));
    assertEquals(2, apple.bodies().size());
  }

  @Test
  void ad_groups_are_asked_for_of_each_campaign_that_had_rows() {
    apple.server.on(TOKEN, token(1));
    twoPages();
    apple.server.on(CAMPAIGNS + "/973923054/adgroups", recorded(200, "ad_groups_54.json"));
    apple.server.on(CAMPAIGNS + "/973923055/adgroups", recorded(200, "ad_groups_55.json"));

    apple.fetch("ad_group");

    assertEquals(
        List.of(
            recorded(200, "ad_groups_54.json").body(), recorded(200, "ad_groups_55.json").body()),
        apple.bodies());
  }

  @Test
  void a_fetch_that_was_cut_off_goes_on_behind_what_it_received() {
    apple.server.on(TOKEN, token(1), token(2));
    twoPages();
    apple.fetch("campaign");
    List<Page> whole = apple.sink.pages();
    assertTrue(whole.get(0).facts().containsKey(RawSink.NEXT), "more was to come");
    assertFalse(whole.get(1).facts().containsKey(RawSink.NEXT));

    apple.sink = new CollectedPages(whole.subList(0, 1));
    apple.server.on(CAMPAIGNS, recorded(200, "campaigns_page2.json"));
    apple.fetch("campaign");

    assertEquals(whole, apple.sink.pages());
    assertEquals(3, apple.reports().size(), "only the second page was asked for again");
  }

  @Test
  void ad_groups_of_a_campaign_that_was_read_are_not_asked_for_again() {
    apple.server.on(TOKEN, token(1), token(2));
    twoPages();
    apple.server.on(CAMPAIGNS + "/973923054/adgroups", recorded(200, "ad_groups_54.json"));
    apple.server.on(CAMPAIGNS + "/973923055/adgroups", recorded(200, "ad_groups_55.json"));
    apple.fetch("ad_group");
    List<Page> whole = apple.sink.pages();

    apple.sink = new CollectedPages(whole.subList(0, 1));
    twoPages();
    apple.server.on(CAMPAIGNS + "/973923055/adgroups", recorded(200, "ad_groups_55.json"));
    apple.fetch("ad_group");

    assertEquals(whole, apple.sink.pages());
    assertEquals(
        1, apple.reports().stream().filter(a -> a.path().endsWith("/973923054/adgroups")).count());
  }

  @Test
  void keywords_are_asked_for_of_each_campaign_and_one_that_has_none_is_empty() {
    apple.server.on(TOKEN, token(1));
    twoPages();
    apple.server.on(CAMPAIGNS + "/973923054/keywords", recorded(200, "keywords_54.json"));
    apple.server.on(CAMPAIGNS + "/973923055/keywords", recorded(400, "error_no_keyword.json"));

    apple.fetch("keyword");

    assertEquals(List.of(recorded(200, "keywords_54.json").body()), apple.bodies());
    Asked keywords = apple.reports().get(2);
    assertTrue(
        keywords
            .body()
            .contains("\"orderBy\":[{\"sortOrder\":\"ASCENDING\",\"field\":\"keywordId\"}]"),
        keywords.body());
    assertFalse(keywords.body().contains("groupBy"), keywords.body());
  }

  @Test
  void rare_searches_come_without_their_words_and_are_rows_all_the_same() {
    apple.server.on(TOKEN, token(1));
    twoPages();
    Answer searches = recorded(200, "search_terms_54.json");
    apple.server.on(CAMPAIGNS + "/973923054/searchterms", searches);
    apple.server.on(CAMPAIGNS + "/973923055/searchterms", recorded(200, "no_rows.json"));

    apple.fetch("search_term");

    assertEquals(List.of(searches.body(), recorded(200, "no_rows.json").body()), apple.bodies());
    assertTrue(
        apple.reports().get(2).body().contains("\"timeZone\":\"ORTZ\""),
        "the only zone that Apple takes for searches");
  }

  @Test
  void an_organization_whose_campaigns_have_no_keyword_at_all_has_an_empty_day() {
    apple.server.on(TOKEN, token(1));
    twoPages();
    // some answers of Apple carry an error with 200
    apple.server.on(CAMPAIGNS + "/973923054/keywords", recorded(200, "error_no_keyword.json"));
    apple.server.on(CAMPAIGNS + "/973923055/keywords", recorded(400, "error_no_keyword.json"));

    apple.fetch("keyword");

    assertEquals(List.of(), apple.bodies());
  }

  @Test
  void a_site_reads_ad_groups_and_campaigns_unless_it_says_otherwise() {
    AppleAdsConfig of = apple.config;
    AppleAdsConfig silent =
        new AppleAdsConfig(
            of.baseUrl(),
            of.tokenUrl(),
            of.apiVersion(),
            of.clientId(),
            of.teamId(),
            of.keyId(),
            of.privateKey(),
            null,
            null,
            null,
            of.organizations());

    assertEquals(List.of(AppleAdsReport.AD_GROUP, AppleAdsReport.CAMPAIGN), silent.reports());
  }

  @Test
  void an_account_is_examined_by_its_role_and_zone() {
    apple.server.on(TOKEN, token(1), token(2), token(3));
    String acls =
        "{\"data\":[{\"orgName\":\"shop\",\"orgId\":%s,\"currency\":\"KRW\",\"timeZone\":\"%s\","
            + "\"paymentModel\":\"PAYG\",\"roleNames\":[\"API Account Read Only\"]}]}";
    apple.server.on(
        "/api/v5/acls",
        Answer.of(200, acls.formatted("3219110", "Asia/Seoul")),
        Answer.of(200, acls.formatted("3219110", "America/New_York")),
        Answer.of(200, acls.formatted("1", "Asia/Seoul")));
    ChannelAccount account = new ChannelAccount("3219110", ZoneId.of("Asia/Seoul"));

    assertEquals(
        "[\"API Account Read Only\"], Asia/Seoul, KRW", apple.connector().examine(account));
    ChannelException zone =
        assertThrows(ChannelException.class, () -> apple.connector().examine(account));
    ChannelException role =
        assertThrows(ChannelException.class, () -> apple.connector().examine(account));

    assertTrue(zone.getMessage().contains("keeps its days in America/New_York"), zone.getMessage());
    assertTrue(role.getMessage().contains("has no role in organization 3219110"), "" + role);
    assertEquals(ExitCode.REFUSED, role.exitCode());
  }

  @Test
  void a_day_without_rows_is_a_fact() {
    apple.server.on(TOKEN, token(1));
    apple.server.on(CAMPAIGNS, recorded(200, "no_rows.json"));

    apple.fetch("campaign");

    assertEquals(1, apple.bodies().size());
  }

  @Test
  void pages_that_overlap_do_not_make_a_day() {
    apple.server.on(TOKEN, token(1));
    apple.server.on(
        CAMPAIGNS,
        recorded(200, "campaigns_page1.json"),
        recorded(200, "campaigns_overlapping_page2.json"));

    ChannelException e = apple.refused();

    assertEquals(Kind.RETRY, e.kind());
    assertTrue(e.getMessage().contains("has 3 rows, of which its pages hold 2"), e.getMessage());
  }

  @Test
  void a_page_that_is_empty_before_the_announced_end_does_not_make_a_day() {
    apple.server.on(TOKEN, token(1));
    String empty = recorded(200, "no_rows.json").body().replace("Results\":0", "Results\":3");
    apple.server.on(CAMPAIGNS, recorded(200, "campaigns_page1.json"), Answer.of(200, empty));

    assertEquals(Kind.RETRY, apple.refused().kind());
  }

  static List<Answer> passingFaults() {
    String whole = recorded(200, "campaigns_page1.json").body();
    return List.of(
        Answer.of(500, ""),
        Answer.of(503, "<html>busy</html>"),
        Answer.of(429, ""),
        Answer.of(200, "<html>Sign in to the hotel's network</html>"),
        Answer.of(200, whole.substring(0, 400)),
        recorded(200, "campaigns_page1.json").cutOff());
  }

  @ParameterizedTest
  @MethodSource("passingFaults")
  void a_passing_fault_is_tried_again(Answer fault) {
    apple.server.on(TOKEN, token(1));
    apple.server.on(CAMPAIGNS, fault);
    twoPages();

    apple.fetch("campaign");

    assertEquals(1, apple.pauses.wanted().size());
    assertEquals(2, apple.bodies().size());
  }

  @ParameterizedTest
  @CsvSource({"90, 90", "'Sun, 15 Mar 2026 22:12:30 GMT', 150"})
  void a_stated_wait_is_obeyed(String header, long seconds) {
    apple.server.on(TOKEN, token(1));
    apple.server.on(CAMPAIGNS, Answer.of(429, "").with("Retry-After", header));
    twoPages();

    apple.fetch("campaign");

    assertEquals(List.of(Duration.ofSeconds(seconds)), apple.pauses.wanted());
  }

  @Test
  void a_token_that_ends_between_two_pages_is_renewed_once() {
    apple.server.on(TOKEN, token(1), token(2));
    apple.server.on(
        CAMPAIGNS,
        recorded(200, "campaigns_page1.json"),
        recorded(401, "error_unauthorized.json"),
        recorded(200, "campaigns_page2.json"));

    apple.fetch("campaign");

    assertEquals("Bearer access-2", apple.reports().get(2).headers().getFirst("Authorization"));
    assertEquals(2, apple.bodies().size());
  }

  @ParameterizedTest
  @CsvSource({
    "401, error_invalid_cert.json, REFUSED, channels.apple_search_ads.key_id",
    "403, error_forbidden.json, REFUSED, channels.apple_search_ads.organizations",
    "400, error_bad_request.json, BUG, rowTotals or granularity",
    "200, error_bad_request.json, BUG, rowTotals or granularity"
  })
  void what_no_retry_mends_is_told_at_once(int status, String file, Kind kind, String told) {
    apple.server.on(TOKEN, token(1));
    apple.server.on(CAMPAIGNS, recorded(status, file));

    ChannelException e = apple.refused();

    assertEquals(kind, e.kind());
    assertTrue(e.getMessage().contains(told), e.getMessage());
    assertEquals(1, apple.reports().size());
  }

  @Test
  void a_key_that_apple_does_not_know_names_the_settings() {
    apple.server.on(TOKEN, Answer.of(400, "{\"error\":\"invalid_client\"}"));

    ChannelException e = apple.refused();

    assertEquals(ExitCode.REFUSED, e.exitCode());
    assertTrue(
        e.getMessage().contains("client_id, team_id, key_id and private_key"), e.getMessage());
  }
}
