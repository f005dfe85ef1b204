package ltv.ingest.channel.googleads;

import static ltv.ingest.channel.googleads.GoogleAdsOverHttp.STREAM;
import static ltv.ingest.channel.googleads.GoogleAdsOverHttp.TOKEN;
import static ltv.ingest.channel.googleads.GoogleAdsOverHttp.recorded;
import static ltv.ingest.channel.googleads.GoogleAdsOverHttp.token;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import ltv.ingest.channel.ChannelAccount;
import ltv.ingest.channel.ChannelException;
import ltv.ingest.channel.ChannelException.Kind;
import ltv.ingest.channel.CollectedPages.Page;
import ltv.ingest.http.FakeApiServer.Answer;
import ltv.ingest.http.FakeApiServer.Asked;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class GoogleAdsConnectorTest {
  private final GoogleAdsOverHttp google = new GoogleAdsOverHttp();

  @AfterEach
  void stop() {
    google.close();
  }

  @Test
  void a_day_is_one_query_of_the_customer_and_lands_as_it_came() {
    google.server.on(TOKEN, token(1));
    google.server.on(STREAM, recorded(200, "campaigns.json"));

    google.fetch("campaign");

    Asked token = google.server.asked().get(0);
    assertEquals(
        Map.of(
            "grant_type", "refresh_token",
            "client_id", "client-1",
            "client_secret", "client-canary",
            "refresh_token", "refresh-canary"),
        token.parameters());
    Asked report = google.server.asked().get(1);
    assertEquals("POST", report.method());
    assertEquals("Bearer access-1", report.headers().getFirst("Authorization"));
    assertEquals("developer-canary", report.headers().getFirst("developer-token"));
    assertEquals("1112223333", report.headers().getFirst("login-customer-id"));
    assertTrue(
        report
            .body()
            .endsWith(
                " FROM campaign WHERE segments.date BETWEEN '2026-03-14' AND '2026-03-14'\"}"),
        report.body());
    List<Page> pages = google.sink.pages();
    assertEquals(1, pages.size());
    assertEquals("json", pages.get(0).format());
    assertEquals(recorded(200, "campaigns.json").body(), pages.get(0).body());
    assertFalse(pages.get(0).facts().toString().contains("canary"), "no secret is kept");
  }

  @Test
  void ads_are_asked_for_with_their_group_and_no_segment_but_the_day() {
    google.server.on(TOKEN, token(1));
    google.server.on(STREAM, recorded(200, "no_rows.json"));

    google.fetch("ad");

    String query = google.server.asked().get(1).body();
    assertTrue(query.contains("ad_group.id, ad_group.name, ad_group_ad.ad.id"), query);
    assertTrue(query.contains(" FROM ad_group_ad WHERE "), query);
    assertEquals(2, query.split("segments\\.", -1).length - 1, "date, selected and asked for");
    assertEquals(1, google.sink.pages().size(), "an empty day is a fact");
  }

  @Test
  void conversions_are_asked_for_by_action_and_beside_nothing_that_they_would_multiply() {
    google.server.on(TOKEN, token(1));
    google.server.on(STREAM, recorded(200, "conversions.json"));

    google.fetch("conversion");

    String query = google.server.asked().get(1).body();
    assertTrue(
        query.contains(
            "segments.conversion_action, segments.conversion_action_name,"
                + " segments.conversion_action_category, metrics.conversions,"
                + " metrics.conversions_value, metrics.all_conversions,"
                + " metrics.all_conversions_value FROM campaign WHERE "),
        query);
    for (String beside : List.of("cost_micros", "clicks", "impressions")) {
      assertFalse(query.contains(beside), query);
    }
    assertEquals(recorded(200, "conversions.json").body(), google.sink.pages().get(0).body());
  }

  @Test
  void keywords_are_asked_for_with_their_words_and_the_group_that_their_id_is_known_in() {
    google.server.on(TOKEN, token(1));
    google.server.on(STREAM, recorded(200, "keywords.json"));

    google.fetch("keyword");

    String query = google.server.asked().get(1).body();
    assertTrue(
        query.contains(
            "ad_group.id, ad_group.name, ad_group_criterion.criterion_id,"
                + " ad_group_criterion.keyword.text, ad_group_criterion.keyword.match_type,"
                + " metrics.impressions, metrics.clicks, metrics.cost_micros"),
        query);
    assertTrue(query.contains(" FROM keyword_view WHERE "), query);
    assertEquals(2, query.split("segments\\.", -1).length - 1, "date, selected and asked for");
    assertEquals(recorded(200, "keywords.json").body(), google.sink.pages().get(0).body());
  }

  @Test
  void settings_are_asked_for_without_a_day_since_google_keeps_none_of_them() {
    google.server.on(TOKEN, token(1));
    google.server.on(STREAM, recorded(200, "no_rows.json"));

    google.fetch("campaign_setting");

    String query = google.server.asked().get(1).body();
    assertTrue(query.contains("campaign.status"), query);
    assertTrue(query.contains("campaign_budget.amount_micros"), query);
    assertTrue(query.endsWith("campaign_budget.period FROM campaign\"}"), query);
  }

  @Test
  void searches_are_asked_for_by_the_keyword_that_answered_them() {
    google.server.on(TOKEN, token(1));
    google.server.on(STREAM, recorded(200, "search_terms.json"));

    google.fetch("search_term");

    String query = google.server.asked().get(1).body();
    assertTrue(
        query.contains(
            "search_term_view.search_term, segments.keyword.ad_group_criterion,"
                + " segments.keyword.info.text, segments.search_term_match_type, metrics."),
        query);
    assertTrue(query.contains(" FROM search_term_view WHERE "), query);
    assertEquals(recorded(200, "search_terms.json").body(), google.sink.pages().get(0).body());
  }

  @Test
  void a_day_that_google_keeps_no_more_is_refused_before_anybody_is_asked() {
    ChannelException e =
        assertThrows(
            ChannelException.class, () -> google.fetch("campaign", LocalDate.of(2023, 2, 14)));

    assertEquals(Kind.TOO_OLD, e.kind());
    assertTrue(e.getMessage().contains("keeps days for 37 months"), e.getMessage());
    assertEquals(List.of(), google.server.asked());
  }

  @Test
  void a_token_serves_many_calls() {
    google.server.on(TOKEN, token(1));
    google.server.always(STREAM, asked -> recorded(200, "no_rows.json"));

    google.fetch("campaign");
    google.fetch("ad");

    assertEquals(3, google.server.asked().size());
  }

  @Test
  void a_customer_is_examined_by_its_zone() {
    String customer =
        "[{\"results\":[{\"customer\":{\"id\":\"4815162342\",\"timeZone\":\"%s\",\"currencyCode\":\"KRW\",\"status\":\"ENABLED\"}}]}]";
    google.server.on(GoogleAdsOverHttp.TOKEN, GoogleAdsOverHttp.token(1));
    google.server.on(
        GoogleAdsOverHttp.STREAM,
        Answer.of(200, customer.formatted("Asia/Seoul")),
        Answer.of(200, customer.formatted("UTC")));
    ChannelAccount account = new ChannelAccount("4815162342", ZoneId.of("Asia/Seoul"));

    assertEquals("ENABLED, Asia/Seoul, KRW", google.connector.examine(account));
    ChannelException e =
        assertThrows(ChannelException.class, () -> google.connector.examine(account));
    assertEquals(
        "Account 4815162342 keeps its days in UTC, channels.google_ads.customers[].timezone says"
            + " Asia/Seoul; give its own.",
        e.getMessage());
  }
}
