package ltv.sandbox.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.HttpResponse;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import ltv.sandbox.market.AdDay;
import ltv.sandbox.market.Campaign;
import ltv.sandbox.market.Dirt;
import ltv.sandbox.market.Market;
import ltv.sandbox.market.Sources;
import ltv.sandbox.market.Truth;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class MetaServerTest {
  private static final LocalDate FROM = LocalDate.of(2026, 11, 1);
  private static final int DAYS = 12;
  private static final Dirt DIRT = new Dirt(7);
  private static final String TOKEN = "token-of-the-test";

  /** HMAC-SHA256 of the token under {@code secret-of-the-test}, from openssl. */
  private static final String PROOF =
      "17ca69337fe8d9e814c48cee4bf8636d9db684536e9d431b083e08868d423169";

  private final Market market = Market.simulate(7, FROM, DAYS, 1);
  private final String account = market.campaigns().get(0).account();
  private final MetaServer server = new MetaServer(market, DIRT, 0, TOKEN, "secret-of-the-test");

  MetaServerTest() {
    server.start();
  }

  @AfterEach
  void stop() {
    server.close();
  }

  private String insights() {
    return server.address() + "/v26.0/act_" + account + "/insights";
  }

  private Map<String, String> signed(String... more) {
    Map<String, String> parameters = new TreeMap<>();
    parameters.put("access_token", TOKEN);
    parameters.put("appsecret_proof", PROOF);
    for (int i = 0; i < more.length; i += 2) {
      parameters.put(more[i], more[i + 1]);
    }
    return parameters;
  }

  private static String range(LocalDate since, LocalDate until) {
    return "{\"since\":\"" + since + "\",\"until\":\"" + until + "\"}";
  }

  private static void assertRefused(int code, String message, HttpResponse<String> answer) {
    JsonNode error = Wire.json(answer).path("error");
    assertEquals(400, answer.statusCode());
    assertEquals("OAuthException", error.path("type").asText());
    assertEquals(code, error.path("code").asInt());
    assertTrue(error.path("message").asText().contains(message), answer::body);
  }

  @Test
  void a_wrong_token_and_a_missing_proof_are_refused_with_their_codes() {
    assertRefused(
        190, "access token", Wire.get(insights(), Map.of("access_token", "another-token")));
    assertRefused(100, "appsecret_proof", Wire.get(insights(), Map.of("access_token", TOKEN)));
  }

  @Test
  void an_unknown_account_field_range_or_path_is_refused_by_name() {
    String other = insights().replace(account, "99");

    assertRefused(100, "act_99", Wire.get(other, signed()));
    assertRefused(
        100,
        "impressionz is not valid",
        Wire.get(insights(), signed("fields", "spend,impressionz")));
    assertRefused(100, "time_range", Wire.get(insights(), signed("fields", "spend")));
    assertRefused(100, "/v26.0/me", Wire.get(server.address() + "/v26.0/me", signed()));
    assertRefused(100, "'4711'", Wire.get(server.address() + "/v26.0/4711", signed()));
  }

  @Test
  void pages_end_where_next_is_absent_and_carry_every_row_with_its_repeats() {
    List<String> served = new ArrayList<>();
    Map<String, String> asked =
        signed(
            "fields", "ad_id",
            "time_range", range(FROM, FROM.plusDays(DAYS - 1)),
            "limit", "40");
    HttpResponse<String> answer = Wire.get(insights(), asked);
    int pages = 1;
    while (Wire.json(answer).path("paging").has("next")) {
      assertEquals(40, addAds(answer, served));
      answer = Wire.get(Wire.json(answer).path("paging").path("next").asText());
      pages++;
    }
    addAds(answer, served);

    List<AdDay> own = market.ads().stream().filter(this::ofAccount).toList();
    long repeats = own.stream().filter(DIRT::repeated).count();
    assertTrue(repeats > 0, "the market of this seed has no repeated row");
    assertTrue(pages > 3);
    assertTrue(Wire.json(answer).at("/paging/cursors/after").isTextual());
    assertEquals(own.size() + repeats, served.size());
    assertEquals(own.size(), new HashSet<>(served).size());
  }

  private boolean ofAccount(AdDay ad) {
    return ad.campaign().account().equals(account);
  }

  private static int addAds(HttpResponse<String> answer, List<String> into) {
    JsonNode data = Wire.json(answer).path("data");
    data.forEach(r -> into.add(r.path("date_start").asText() + r.path("ad_id").asText()));
    return data.size();
  }

  @Test
  void numbers_are_texts_and_what_is_zero_is_absent() {
    AdDay busy = market.ads().stream().filter(this::ofAccount).findFirst().orElseThrow();
    Market idle =
        new Market(
            FROM,
            1,
            market.campaigns(),
            List.of(),
            List.of(new AdDay(FROM, busy.campaign(), busy.ad(), 12, 0, 0, 9, 0)),
            List.of(),
            List.of());
    try (MetaServer other = new MetaServer(idle, DIRT, 0, TOKEN, "secret-of-the-test")) {
      other.start();
      String address = insights().replace(server.address(), other.address());
      String fields = "ad_id,impressions,clicks,spend,actions";

      JsonNode row =
          Wire.json(Wire.get(address, signed("fields", fields, "time_range", range(FROM, FROM))))
              .at("/data/0");

      assertEquals("\"12\"", row.path("impressions").toString());
      assertEquals(busy.ad().id(), row.path("ad_id").textValue());
      assertFalse(row.has("clicks") || row.has("spend") || row.has("actions"), row::toString);
    }
  }

  @Test
  void a_day_without_delivery_is_an_empty_page_without_paging() {
    LocalDate before = FROM.minusDays(1);

    JsonNode page =
        Wire.json(
            Wire.get(insights(), signed("fields", "spend", "time_range", range(before, before))));

    assertEquals("{\"data\":[]}", page.toString());
  }

  @Test
  void a_report_job_runs_through_its_states_and_answers_like_the_direct_request() {
    Map<String, String> report =
        signed("fields", "ad_id,spend", "time_range", range(FROM, FROM), "limit", "500");
    String id = Wire.json(Wire.post(insights(), report)).path("report_run_id").asText();
    String job = server.address() + "/v26.0/" + id;

    List<String> states = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      JsonNode state = Wire.json(Wire.get(job, signed()));
      states.add(
          state.path("async_status").asText() + " " + state.path("async_percent_completion"));
    }

    assertEquals(List.of("Job Not Started 30", "Job Running 60", "Job Completed 100"), states);
    assertEquals(
        Wire.json(Wire.get(insights(), report)).path("data"),
        Wire.json(Wire.get(job + "/insights", signed("limit", "500"))).path("data"));
  }

  @Test
  void spend_of_all_accounts_is_the_truth_once_repeats_are_left_out() {
    Map<String, Long> found = new TreeMap<>();
    Set<String> accounts = new HashSet<>();
    long rows = 0;
    for (Campaign campaign : market.campaigns()) {
      String id = campaign.account();
      if (campaign.channel().equals(Campaign.META) && accounts.add(id)) {
        Map<String, String> asked =
            signed(
                "fields", "campaign_id,ad_id,spend",
                "time_range", range(FROM, FROM.plusDays(DAYS - 1)),
                "limit", "100000");
        HashSet<JsonNode> seen = new HashSet<>();
        for (JsonNode row :
            Wire.json(Wire.get(insights().replace(account, id), asked)).path("data")) {
          rows++;
          if (seen.add(row)) {
            String key =
                row.path("date_start").asText() + "|meta|" + row.path("campaign_id").asText();
            found.merge(key, row.path("spend").asLong(), Long::sum);
          }
        }
      }
    }

    Truth truth = Truth.of(market, DIRT);
    Map<String, Long> spend = new TreeMap<>(truth.spend());
    spend.keySet().removeIf(key -> !key.contains("|meta|"));
    assertEquals(spend, found);
    assertEquals(truth.rows(Sources.INSIGHTS), rows);
  }

  private JsonNode data(String address, String... parameters) {
    JsonNode page = Wire.json(Wire.get(address, signed(parameters)));
    assertTrue(page.path("data").isArray(), page::toString);
    return page.path("data");
  }

  private static long sum(JsonNode rows, String field) {
    long sum = 0;
    for (JsonNode row : rows) {
      sum += row.path(field).asLong();
    }
    return sum;
  }

  @Test
  void every_level_has_the_spend_of_its_ads_and_less_reach_than_they_have_together() {
    String range = range(FROM, FROM);
    List<Long> reach = new ArrayList<>();
    List<Integer> rows = new ArrayList<>();
    Set<Long> spend = new HashSet<>();
    for (String level : List.of("account", "campaign", "adset")) {
      JsonNode data =
          data(
              insights(),
              "level",
              level,
              "fields",
              "spend,reach,frequency,impressions",
              "time_range",
              range,
              "time_increment",
              "1");
      rows.add(data.size());
      spend.add(sum(data, "spend"));
      reach.add(sum(data, "reach"));
      JsonNode row = data.get(0);
      assertEquals(
          row.path("impressions").asDouble() / row.path("reach").asDouble(),
          row.path("frequency").asDouble(),
          0.000001);
    }

    assertEquals(List.of(1, 3, 6), rows);
    assertEquals(
        Set.of(
            market.ads().stream()
                .filter(this::ofAccount)
                .filter(a -> a.day().equals(FROM))
                .mapToLong(AdDay::spend)
                .sum()),
        spend);
    assertTrue(reach.get(0) < reach.get(1) && reach.get(1) < reach.get(2), reach::toString);
  }

  @Test
  void placements_name_where_an_ad_ran_and_are_too_large_for_long_pages_on_some_days() {
    LocalDate tenth = FROM.plusDays(9);
    String[] report = {
      "fields",
      "ad_id,spend",
      "breakdowns",
      "publisher_platform,platform_position,impression_device"
    };
    JsonNode data =
        data(
            insights(),
            report[0],
            report[1],
            report[2],
            report[3],
            "time_range",
            range(FROM, FROM),
            "limit",
            "500");

    assertTrue(sum(data, "spend") > 0);
    Set<String> platforms = new HashSet<>();
    data.forEach(row -> platforms.add(row.path("publisher_platform").asText()));
    assertTrue(platforms.containsAll(Set.of("facebook", "instagram")), platforms::toString);

    Map<String, String> large =
        signed(report[0], report[1], report[2], report[3], "time_range", range(tenth, tenth));
    large.put("limit", "100");
    HttpResponse<String> refused = Wire.get(insights(), large);
    assertEquals(500, refused.statusCode());
    assertTrue(refused.body().contains("reduce the amount of data"), refused::body);
    large.put("limit", "50");
    assertEquals(50, Wire.json(Wire.get(insights(), large)).path("data").size());
    assertEquals(
        1487534,
        Wire.json(Wire.post(insights(), large)).at("/error/error_subcode").asInt(),
        "nor is it made as one job");
    String campaign = market.campaigns().get(0).id();
    String of = server.address() + "/v26.0/" + campaign + "/insights";
    assertTrue(Wire.json(Wire.post(of, large)).has("report_run_id"), "but by campaign it is");
  }

  @Test
  void the_campaigns_of_an_account_are_told_once_for_many_days() {
    JsonNode data =
        data(
            insights(),
            "level",
            "campaign",
            "fields",
            "campaign_id",
            "time_range",
            range(FROM, FROM.plusDays(8)));

    Set<String> ids = new HashSet<>();
    data.forEach(row -> ids.add(row.path("campaign_id").asText()));
    assertEquals(3, data.size());
    assertEquals(3, ids.size());
    String first = ids.iterator().next();
    JsonNode ads =
        data(
            server.address() + "/v26.0/" + first + "/insights",
            "fields",
            "campaign_id,adset_id",
            "time_range",
            range(FROM, FROM));
    assertTrue(ads.size() >= 4, ads::toString);
    ads.forEach(row -> assertEquals(first, row.path("campaign_id").asText()));
  }

  @Test
  void actions_come_with_the_windows_that_are_asked_for() {
    JsonNode row =
        data(
                insights(),
                "fields",
                "ad_id,actions,action_values",
                "time_range",
                range(FROM, FROM),
                "action_attribution_windows",
                "[\"7d_click\",\"1d_view\"]")
            .get(0);

    JsonNode purchase = null;
    for (JsonNode action : row.path("actions")) {
      purchase = action.path("action_type").asText().equals("omni_purchase") ? action : purchase;
    }
    assertTrue(purchase != null && purchase.path("value").isTextual(), row::toString);
    assertTrue(purchase.has("7d_click") && !purchase.has("1d_click"), purchase::toString);
    assertTrue(row.at("/action_values/0/value").asText().matches("\\d+\\.\\d"), row::toString);
  }

  @Test
  void a_second_job_is_not_known_at_its_first_poll() {
    Map<String, String> report = signed("fields", "ad_id", "time_range", range(FROM, FROM));
    Wire.post(insights(), report);
    String second = Wire.json(Wire.post(insights(), report)).path("report_run_id").asText();
    String job = server.address() + "/v26.0/" + second;

    JsonNode early = Wire.json(Wire.get(job, signed()));

    assertEquals(33, early.at("/error/error_subcode").asInt());
    assertEquals(
        "Job Not Started", Wire.json(Wire.get(job, signed())).path("async_status").asText());
  }

  @Test
  void every_answer_tells_how_much_of_the_limits_is_used_and_one_is_tired() {
    Map<String, String> asked = signed("fields", "ad_id", "time_range", range(FROM, FROM));
    int tired = 0;
    for (int i = 0; i < 150; i++) {
      HttpResponse<String> answer = Wire.get(insights(), asked);
      for (String header :
          List.of("X-Business-Use-Case-Usage", "X-App-Usage", "X-FB-Ads-Insights-Throttle")) {
        assertTrue(answer.headers().firstValue(header).isPresent(), header);
      }
      String account = answer.headers().firstValue("X-Ad-Account-Usage").orElseThrow();
      tired += account.contains("96.5") && account.contains("\"reset_time_duration\":1,") ? 1 : 0;
    }
    assertEquals(1, tired);
  }
}
