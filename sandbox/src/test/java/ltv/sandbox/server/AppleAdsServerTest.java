package ltv.sandbox.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.Signature;
import java.security.spec.PKCS8EncodedKeySpec;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import ltv.sandbox.market.AdDay;
import ltv.sandbox.market.Campaign;
import ltv.sandbox.market.Market;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class AppleAdsServerTest {
  private static final LocalDate FROM = LocalDate.of(2026, 11, 1);
  private static final String ORGANIZATION = "3219110";

  /** A pair that opens nothing. */
  private static final String PUBLIC =
      "MFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAElNK7MBWUuaDLemYNSAZ+wHsGPWxVpRD4jzv0XA/t+uR7va9rbjvg7Dv8Tv2aKZ/pxrV98Ak6Ornm9oG4m5nxkA==";

  private static final String PRIVATE =
      "MIGHAgEAMBMGByqGSM49AgEGCCqGSM49AwEHBG0wawIBAQQgEtrPw5UQgFsWtf6L+bc93zisG+yvvgf8EHB2ljCkI8uhRANCAASU0rswFZS5oMt6Zg1IBn7AewY9bFWlEPiPO/RcD+365Hu9r2tuO+DsO/xO/Zopn+nGtX3wCTo6ueb2gbibmfGQ";

  private final Market market = Market.simulate(7, FROM, 3, 1);
  private final AppleAdsServer server =
      new AppleAdsServer(market, 0, new AppleAdsServer.Access("client", "team", "key", PUBLIC));

  AppleAdsServerTest() {
    server.start();
  }

  @AfterEach
  void stop() {
    server.close();
  }

  private static String secret(String team) throws GeneralSecurityException {
    Base64.Encoder base64 = Base64.getUrlEncoder().withoutPadding();
    String text =
        base64.encodeToString(
                "{\"alg\":\"ES256\",\"kid\":\"key\"}".getBytes(StandardCharsets.UTF_8))
            + "."
            + base64.encodeToString(
                ("{\"sub\":\"client\",\"iss\":\"" + team + "\"}").getBytes(StandardCharsets.UTF_8));
    Signature signature = Signature.getInstance("SHA256withECDSAinP1363Format");
    signature.initSign(
        KeyFactory.getInstance("EC")
            .generatePrivate(new PKCS8EncodedKeySpec(Base64.getDecoder().decode(PRIVATE))));
    signature.update(text.getBytes(StandardCharsets.UTF_8));
    return text + "." + base64.encodeToString(signature.sign());
  }

  private HttpResponse<String> ask(String secret) {
    return Wire.post(
        server.address() + AppleAdsServer.TOKEN_PATH,
        Map.of(
            "grant_type", "client_credentials",
            "scope", "searchadsorg",
            "client_id", "client",
            "client_secret", secret));
  }

  private String token() throws GeneralSecurityException {
    return Wire.json(ask(secret("team"))).path("access_token").asText();
  }

  private HttpResponse<String> report(String token, String organization, String path, int offset) {
    String body =
        "{\"startTime\":\"2026-11-01\",\"endTime\":\"2026-11-01\",\"granularity\":\"DAILY\","
            + "\"selector\":{\"pagination\":{\"offset\":"
            + offset
            + ",\"limit\":3}}}";
    return Wire.postJson(
        server.address() + "/api/v5/reports/" + path,
        Map.of("Authorization", "Bearer " + token, "X-AP-Context", "orgId=" + organization),
        body);
  }

  private static List<JsonNode> rows(HttpResponse<String> answer) {
    List<JsonNode> rows = new ArrayList<>();
    Wire.json(answer).at("/data/reportingDataResponse/row").forEach(rows::add);
    return rows;
  }

  private static long spend(List<JsonNode> rows) {
    return rows.stream().mapToLong(r -> r.at("/granularity/0/localSpend/amount").asLong()).sum();
  }

  private List<AdDay> firstDay() {
    return market.ads().stream()
        .filter(a -> a.campaign().channel().equals(Campaign.APPLE_SEARCH_ADS))
        .filter(a -> a.day().equals(FROM))
        .toList();
  }

  @Test
  void campaigns_come_by_country_and_page_and_hold_all_cost() throws GeneralSecurityException {
    String token = token();

    HttpResponse<String> first = report(token, ORGANIZATION, "campaigns", 0);
    List<JsonNode> all = rows(first);
    all.addAll(rows(report(token, ORGANIZATION, "campaigns", 3)));

    assertEquals(4, Wire.json(first).at("/pagination/totalResults").asInt());
    assertEquals(4, all.size());
    assertEquals(firstDay().stream().mapToLong(AdDay::spend).sum(), spend(all));
    assertTrue(all.get(0).at("/granularity/0/localSpend/amount").isTextual());
  }

  @Test
  void ad_groups_are_less_than_their_campaign() throws GeneralSecurityException {
    String campaign = firstDay().get(0).campaign().id();

    List<JsonNode> groups =
        rows(report(token(), ORGANIZATION, "campaigns/" + campaign + "/adgroups", 0));

    List<AdDay> parts =
        firstDay().stream().filter(a -> a.campaign().id().equals(campaign)).toList();
    assertEquals(2, groups.size());
    assertEquals(
        parts.stream().filter(a -> a.ad() != null).mapToLong(AdDay::spend).sum(), spend(groups));
    assertTrue(spend(groups) < parts.stream().mapToLong(AdDay::spend).sum());
  }

  @Test
  void keywords_are_less_than_their_ad_groups_and_not_every_campaign_has_any()
      throws GeneralSecurityException {
    String token = token();
    List<JsonNode> keywords = rows(report(token, ORGANIZATION, "campaigns/973923054/keywords", 0));
    keywords.addAll(rows(report(token, ORGANIZATION, "campaigns/973923054/keywords", 3)));

    assertEquals(4, keywords.size(), "two keywords of two ad groups");
    List<JsonNode> groups = rows(report(token, ORGANIZATION, "campaigns/973923054/adgroups", 0));
    assertTrue(spend(keywords) < spend(groups), spend(keywords) + " of " + spend(groups));
    assertTrue(spend(keywords) > spend(groups) / 2, spend(keywords) + " of " + spend(groups));
    assertEquals("BROAD", keywords.get(1).at("/metadata/matchType").asText());

    HttpResponse<String> none = report(token, ORGANIZATION, "campaigns/973923055/keywords", 0);
    assertEquals(400, none.statusCode());
    assertTrue(none.body().contains("CAMPAIGN DOES NOT CONTAIN KEYWORD"), none.body());
  }

  @Test
  void searches_are_of_keywords_or_of_search_match_and_rare_ones_have_no_words()
      throws GeneralSecurityException {
    String token = token();
    List<JsonNode> first = rows(report(token, ORGANIZATION, "campaigns/973923054/searchterms", 0));
    List<JsonNode> other = rows(report(token, ORGANIZATION, "campaigns/973923055/searchterms", 0));

    assertEquals("TARGETED", first.get(0).at("/metadata/searchTermSource").asText());
    assertTrue(first.get(1).at("/metadata/searchTermText").isNull(), first.get(1).toString());
    assertEquals(2, other.size(), "one for each ad group");
    assertEquals("AUTO", other.get(0).at("/metadata/searchTermSource").asText());
    assertTrue(other.get(0).at("/metadata/keywordId").isMissingNode(), "of no keyword");
  }

  @Test
  void who_may_not_ask_is_told_so() throws GeneralSecurityException {
    assertEquals(400, ask(secret("other team")).statusCode());
    assertEquals(400, ask(secret("team") + "x").statusCode());
    assertEquals(400, ask("nonsense").statusCode());
    assertEquals(401, report("other", ORGANIZATION, "campaigns", 0).statusCode());
    assertEquals(403, report(token(), "1", "campaigns", 0).statusCode());
    assertEquals(400, report(token(), ORGANIZATION, "keywords", 0).statusCode());
  }
}
