package ltv.sandbox.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.HttpResponse;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import ltv.sandbox.market.Campaign;
import ltv.sandbox.market.Market;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class GoogleAdsServerTest {
  private static final LocalDate FROM = LocalDate.of(2026, 11, 1);
  private static final String CUSTOMER = "4815162342";

  private final Market market = Market.simulate(7, FROM, 3, 1);
  private final GoogleAdsServer server =
      new GoogleAdsServer(market, 0, new GoogleAdsServer.Access("dev", "client", "secret", "ref"));

  GoogleAdsServerTest() {
    server.start();
  }

  @AfterEach
  void stop() {
    server.close();
  }

  private String token() {
    HttpResponse<String> answer =
        Wire.post(
            server.address() + GoogleAdsServer.TOKEN_PATH,
            Map.of(
                "grant_type", "refresh_token",
                "client_id", "client",
                "client_secret", "secret",
                "refresh_token", "ref"));
    return Wire.json(answer).path("access_token").asText();
  }

  private HttpResponse<String> search(String token, String customer, String from) {
    String select =
        "SELECT customer.id, campaign.id, campaign.advertising_channel_type, segments.date,"
            + " metrics.cost_micros, metrics.conversions FROM "
            + from
            + " WHERE segments.date BETWEEN '2026-11-01' AND '2026-11-02'";
    return Wire.postJson(
        server.address() + "/v23/customers/" + customer + "/googleAds:searchStream",
        Map.of("Authorization", "Bearer " + token, "developer-token", "dev"),
        "{\"query\":\"" + select + "\"}");
  }

  private static List<JsonNode> rows(HttpResponse<String> answer) {
    List<JsonNode> rows = new ArrayList<>();
    Wire.json(answer).forEach(batch -> batch.path("results").forEach(rows::add));
    return rows;
  }

  private long micros(boolean ads) {
    return 1_000_000
        * market.ads().stream()
            .filter(a -> a.campaign().channel().equals(Campaign.GOOGLE_ADS))
            .filter(a -> a.day().isBefore(FROM.plusDays(2)) && (!ads || a.ad() != null))
            .mapToLong(a -> a.spend())
            .sum();
  }

  @Test
  void campaigns_hold_all_cost_and_ads_what_is_not_performance_max() {
    List<JsonNode> campaigns = rows(search(token(), CUSTOMER, "campaign"));
    List<JsonNode> ads = rows(search(token(), CUSTOMER, "ad_group_ad"));

    assertEquals(6, campaigns.size());
    assertEquals(8, ads.size());
    assertEquals(micros(false), sum(campaigns));
    assertEquals(micros(true), sum(ads));
    assertTrue(sum(ads) < sum(campaigns));
    Map<String, String> kinds = new TreeMap<>();
    campaigns.forEach(
        r ->
            kinds.put(
                r.at("/campaign/id").asText(), r.at("/campaign/advertisingChannelType").asText()));
    assertEquals(
        Map.of(
            "21987654321", "MULTI_CHANNEL",
            "21987654322", "PERFORMANCE_MAX",
            "21987654323", "SEARCH"),
        kinds);
  }

  private static long sum(List<JsonNode> rows) {
    return rows.stream().mapToLong(r -> r.at("/metrics/costMicros").asLong()).sum();
  }

  @Test
  void numbers_are_texts_conversions_are_not_and_batches_are_small() {
    JsonNode body = Wire.json(search(token(), CUSTOMER, "campaign"));

    assertTrue(body.isArray() && body.size() == 3, body.toString());
    JsonNode row = body.at("/0/results/0");
    assertTrue(row.at("/metrics/costMicros").isTextual(), row.toString());
    assertTrue(row.at("/metrics/conversions").isDouble(), row.toString());
    assertFalse(row.path("metrics").has("impressions"), "nobody asked for it");
  }

  @Test
  void who_may_not_ask_is_told_so() {
    String token = token();

    assertEquals(401, search("other", CUSTOMER, "campaign").statusCode());
    assertEquals(403, search(token, "1234567890", "campaign").statusCode());
    assertTrue(search(token, CUSTOMER, "shopping_performance_view").body().contains("queryError"));
    assertEquals(
        400,
        Wire.post(server.address() + GoogleAdsServer.TOKEN_PATH, Map.of("refresh_token", "no"))
            .statusCode());
  }

  @Test
  void a_token_ends_after_some_calls() {
    String token = token();
    int calls = 0;
    while (search(token, CUSTOMER, "campaign").statusCode() == 200) {
      calls++;
    }

    assertEquals(50, calls);
    assertEquals(200, search(token(), CUSTOMER, "campaign").statusCode());
  }

  private HttpResponse<String> conversions(String metrics) {
    return Wire.postJson(
        server.address() + "/v23/customers/" + CUSTOMER + "/googleAds:searchStream",
        Map.of("Authorization", "Bearer " + token(), "developer-token", "dev"),
        "{\"query\":\"SELECT campaign.id, segments.date, segments.conversion_action,"
            + " segments.conversion_action_name, "
            + metrics
            + " FROM campaign WHERE segments.date BETWEEN '2026-11-01' AND '2026-11-01'\"}");
  }

  @Test
  void conversions_come_by_action_add_up_to_the_campaigns_and_never_beside_cost() {
    List<JsonNode> rows = rows(conversions("metrics.conversions, metrics.all_conversions"));

    assertEquals(6, rows.size(), "two actions of three campaigns");
    long clicks =
        market.ads().stream()
            .filter(a -> a.campaign().channel().equals(Campaign.GOOGLE_ADS))
            .filter(a -> a.day().equals(FROM))
            .mapToLong(a -> a.linkClicks())
            .sum();
    double all = rows.stream().mapToDouble(r -> r.at("/metrics/allConversions").asDouble()).sum();
    double bid = rows.stream().mapToDouble(r -> r.at("/metrics/conversions").asDouble()).sum();
    assertEquals(clicks * 0.15, all, 0.0001);
    assertEquals(clicks * 0.025, bid, 0.0001);
    assertTrue(
        rows.get(0).at("/segments/conversionAction").asText().startsWith("customers/" + CUSTOMER));
    assertEquals(400, conversions("metrics.conversions, metrics.cost_micros").statusCode());
  }

  private HttpResponse<String> keywords(String from) {
    return Wire.postJson(
        server.address() + "/v23/customers/" + CUSTOMER + "/googleAds:searchStream",
        Map.of("Authorization", "Bearer " + token(), "developer-token", "dev"),
        "{\"query\":\"SELECT campaign.id, ad_group.id, ad_group_criterion.criterion_id,"
            + " ad_group_criterion.keyword.text, ad_group_criterion.keyword.match_type,"
            + " metrics.cost_micros, metrics.conversions FROM "
            + from
            + " WHERE segments.date BETWEEN '2026-11-01' AND '2026-11-02'\"}");
  }

  @Test
  void keywords_of_search_campaigns_add_up_to_the_ads_and_have_one_id_in_both_ad_groups() {
    List<JsonNode> rows = rows(keywords("keyword_view"));

    assertEquals(12, rows.size(), "three keywords of two ad groups on two days");
    List<JsonNode> ads =
        rows(search(token(), CUSTOMER, "ad_group_ad")).stream()
            .filter(r -> r.at("/campaign/advertisingChannelType").asText().equals("SEARCH"))
            .toList();
    assertEquals(sum(ads), sum(rows));
    assertEquals(conversions(ads), conversions(rows), 0.0001);
    Map<String, String> types = new TreeMap<>();
    rows.forEach(
        r ->
            types.merge(
                r.at("/adGroupCriterion/criterionId").asText(),
                r.at("/adGroupCriterion/keyword/matchType").asText(),
                (a, b) -> a.contains(b) ? a : a + " " + b));
    assertEquals(
        Map.of(
            "296812345600", "EXACT PHRASE",
            "296812345601", "EXACT PHRASE",
            "296812345602", "EXACT PHRASE"),
        types);
    assertEquals(400, keywords("ad_group_ad").statusCode(), "an ad has no keyword");
  }

  @Test
  void searches_name_the_keyword_that_answered_them_and_are_less_than_the_keywords() {
    List<JsonNode> rows =
        rows(
            Wire.postJson(
                server.address() + "/v23/customers/" + CUSTOMER + "/googleAds:searchStream",
                Map.of("Authorization", "Bearer " + token(), "developer-token", "dev"),
                "{\"query\":\"SELECT ad_group.id, search_term_view.search_term,"
                    + " segments.keyword.ad_group_criterion, segments.search_term_match_type,"
                    + " metrics.cost_micros FROM search_term_view"
                    + " WHERE segments.date BETWEEN '2026-11-01' AND '2026-11-02'\"}"));

    assertEquals(24, rows.size(), "two searches for each keyword");
    JsonNode near = rows.get(1);
    assertEquals(
        "customers/" + CUSTOMER + "/adGroupCriteria/14500000021~296812345600",
        near.at("/segments/keyword/adGroupCriterion").asText());
    assertEquals("NEAR_PHRASE", near.at("/segments/searchTermMatchType").asText());
    assertTrue(near.at("/searchTermView/searchTerm").asText().endsWith("싼 곳"), near.toString());
    long told = sum(rows(keywords("keyword_view")));
    assertTrue(sum(rows) < told && sum(rows) > told * 8 / 10, sum(rows) + " of " + told);
  }

  private static double conversions(List<JsonNode> rows) {
    return rows.stream().mapToDouble(r -> r.at("/metrics/conversions").asDouble()).sum();
  }
}
