package ltv.ingest.channel.ga4;

import static ltv.ingest.channel.ga4.Ga4OverHttp.REPORT;
import static ltv.ingest.channel.ga4.Ga4OverHttp.TOKEN;
import static ltv.ingest.channel.ga4.Ga4OverHttp.error;
import static ltv.ingest.channel.ga4.Ga4OverHttp.page;
import static ltv.ingest.channel.ga4.Ga4OverHttp.token;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import ltv.ingest.channel.ChannelException;
import ltv.ingest.channel.ChannelException.Kind;
import ltv.ingest.channel.CollectedPages;
import ltv.ingest.http.FakeApiServer.Answer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class Ga4ConnectorTest {
  private final Ga4OverHttp ga4 = new Ga4OverHttp();

  @BeforeEach
  void tokens() {
    ga4.server.on(TOKEN, token(1), token(2));
    ga4.server.always(TOKEN, a -> token(3));
  }

  @AfterEach
  void stop() {
    ga4.close();
  }

  private List<String> offsets() throws JsonProcessingException {
    List<String> offsets = new ArrayList<>();
    for (var asked : ga4.reports()) {
      offsets.add(new ObjectMapper().readTree(asked.body()).path("offset").asText());
    }
    return offsets;
  }

  @Test
  void pages_are_asked_for_until_all_rows_that_were_announced_are_there()
      throws JsonProcessingException {
    ga4.server.on(REPORT, page(5, "a", "b"), page(5, "c", "d"), page(5, "e"));

    ga4.fetch();

    assertEquals(List.of("0", "2", "4"), offsets());
    assertEquals(3, ga4.sink.pages().size());
    JsonNode asked = new ObjectMapper().readTree(ga4.reports().get(0).body());
    assertEquals("2026-03-14", asked.path("dateRanges").path(0).path("endDate").asText());
    assertEquals(Ga4Connector.DIMENSIONS.size(), asked.path("orderBys").size());
    assertEquals("2", asked.path("limit").asText());
    assertTrue(ga4.sink.pages().get(0).facts().get("quota").contains("199900"));
  }

  @Test
  void a_day_without_sessions_is_one_empty_page() {
    ga4.server.on(REPORT, page(0));

    ga4.fetch();

    assertEquals("0", ga4.sink.pages().get(0).facts().get("rows"));
  }

  @Test
  void a_second_page_that_fails_leaves_the_first_to_go_on_from() throws JsonProcessingException {
    ga4.server.on(REPORT, page(3, "a", "b"), error(400, "bad"));
    assertEquals(Kind.BUG, ga4.refused().kind());

    try (Ga4OverHttp again = new Ga4OverHttp(new CollectedPages(ga4.sink.pages()))) {
      again.server.on(TOKEN, token(1));
      again.server.on(REPORT, page(3, "c"));
      again.fetch();

      assertEquals(2, again.sink.pages().size());
      assertTrue(again.reports().get(0).body().contains("\"offset\":\"2\""));
    }
  }

  @Test
  void a_page_that_came_before_or_holds_nothing_is_no_whole_report() {
    ga4.server.on(REPORT, page(4, "a", "b"), page(4, "a", "b"));
    assertTrue(ga4.refused().getMessage().contains("has 4 rows, of which its pages hold 2"));

    ga4.server.on(REPORT, page(4, "a", "b"), page(4));
    assertEquals(Kind.RETRY, ga4.refused().kind());
  }

  @Test
  void a_token_that_ends_midway_is_renewed_once() {
    ga4.server.on(REPORT, page(3, "a", "b"), error(401, "expired"), page(3, "c"));

    ga4.fetch();

    assertEquals(2, ga4.sink.pages().size());
    assertEquals("Bearer access-2", ga4.reports().get(2).headers().getFirst("Authorization"));
  }

  @Test
  void an_empty_bucket_of_tokens_says_when_it_is_full_again() {
    ga4.server.on(REPORT, error(429, "Exhausted property tokens per hour. These quota tokens"));
    assertEquals(Instant.parse("2026-03-15T23:00:00Z"), ga4.refused().until().orElseThrow());

    ga4.server.on(REPORT, error(429, "Exhausted property tokens per day."));
    assertEquals(Instant.parse("2026-03-16T07:00:00Z"), ga4.refused().until().orElseThrow());

    ga4.server.on(REPORT, error(429, "Exhausted concurrent requests."), page(1, "a"));
    ga4.fetch();
    assertEquals(1, ga4.pauses.wanted().size());
  }

  @Test
  void each_refusal_has_its_kind() {
    ga4.server.on(REPORT, error(403, "User does not have sufficient permissions"));
    ChannelException refused = ga4.refused();
    assertEquals(Kind.REFUSED, refused.kind());
    assertTrue(refused.getMessage().contains("ltv@test.iam.gserviceaccount.com"));

    ga4.server.on(REPORT, error(400, "Did you mean sessions? The dimensions are incompatible"));
    assertEquals(Kind.BUG, ga4.refused().kind());

    ga4.server.on(REPORT, Answer.of(200, page(1, "a").body().replace("Asia/Seoul", "US/Pacific")));
    assertTrue(ga4.refused().getMessage().contains("channels.ga4.accounts[].timezone"));

    ga4.server.on(REPORT, Answer.of(200, page(1, "a").body().replace("sessionMedium", "medium")));
    assertEquals(Kind.BUG, ga4.refused().kind());
  }

  @Test
  void doctor_asks_what_can_be_asked_for_which_costs_no_tokens() {
    ga4.server.on(
        "/v1beta/properties/4242/metadata",
        Answer.of(200, "{\"dimensions\":[],\"metrics\":[{},{}]}"));

    Ga4Connector connector = ga4.connector();

    assertEquals(
        "2 metrics can be asked for",
        connector.examine(connector.streams().get(0).accounts().get(0)));
  }
}
