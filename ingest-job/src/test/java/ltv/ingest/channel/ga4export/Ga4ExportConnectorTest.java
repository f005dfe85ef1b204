package ltv.ingest.channel.ga4export;

import static ltv.ingest.channel.ga4export.Ga4ExportOverHttp.DATA;
import static ltv.ingest.channel.ga4export.Ga4ExportOverHttp.TABLE;
import static ltv.ingest.channel.ga4export.Ga4ExportOverHttp.TOKEN;
import static ltv.ingest.channel.ga4export.Ga4ExportOverHttp.error;
import static ltv.ingest.channel.ga4export.Ga4ExportOverHttp.page;
import static ltv.ingest.channel.ga4export.Ga4ExportOverHttp.table;
import static ltv.ingest.channel.ga4export.Ga4ExportOverHttp.token;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Instant;
import ltv.ingest.channel.ChannelException;
import ltv.ingest.channel.ChannelException.Kind;
import ltv.ingest.channel.CollectedPages;
import ltv.ingest.http.FakeApiServer.Answer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class Ga4ExportConnectorTest {
  private final Ga4ExportOverHttp google = new Ga4ExportOverHttp();

  @BeforeEach
  void tokens() {
    google.server.on(TOKEN, token(1), token(2));
    google.server.always(TOKEN, a -> token(3));
  }

  @AfterEach
  void stop() {
    google.close();
  }

  @Test
  void rows_are_landed_under_the_names_of_the_schema_page_by_page() {
    google.server.on(TABLE, table(3, "17"), table(3, "17"));
    google.server.on(DATA, page(3, "t1", "a", "b"), page(3, null, "c"));

    google.fetch();

    assertEquals(2, google.sink.pages().size());
    assertEquals(
        "{\"event_name\":\"a\",\"geo\":{},\"event_params\":[{\"key\":\"level\",\"value\":{\"int_value\":\"7\"}}]}",
        google.sink.pages().get(0).body().lines().findFirst().orElseThrow());
    assertEquals("2", google.sink.pages().get(0).facts().get("rows"));
    assertTrue(google.asked(DATA).get(0).parameter("maxResults").equals("2"));
    assertTrue(google.asked(DATA).get(1).parameter("pageToken").equals("t1"));
  }

  @Test
  void a_day_without_events_is_one_empty_page_and_one_without_a_table_is_not_there_yet() {
    google.server.on(TABLE, table(0, "17"), table(0, "17"));
    google.server.on(DATA, page(0, null));
    google.fetch();
    assertEquals("0", google.sink.pages().get(0).facts().get("rows"));

    google.server.on(TABLE, error(404, "notFound", "Not found: Table shop:analytics_4242.x"));
    ChannelException early = google.refused();
    assertEquals(Kind.NOT_READY, early.kind());
    assertTrue(early.getMessage().contains("hours after midnight"));
  }

  @Test
  void a_second_page_that_fails_leaves_the_first_to_go_on_from() {
    google.server.on(TABLE, table(3, "17"));
    google.server.on(DATA, page(3, "t1", "a", "b"), error(400, "invalid", "bad"));
    assertEquals(Kind.BUG, google.refused().kind());

    try (Ga4ExportOverHttp again = new Ga4ExportOverHttp(new CollectedPages(google.sink.pages()))) {
      again.server.on(TOKEN, token(1));
      again.server.on(TABLE, table(3, "17"), table(3, "17"));
      again.server.on(DATA, page(3, null, "c"));
      again.fetch();

      assertEquals(2, again.sink.pages().size());
      assertTrue(again.asked(DATA).get(0).parameter("pageToken").equals("t1"));
    }
  }

  @Test
  void pages_of_a_table_that_was_loaded_anew_do_not_make_one_day() {
    google.server.on(TABLE, table(3, "17"));
    google.server.on(DATA, page(3, "t1", "a", "b"), error(400, "invalid", "bad"));
    google.refused();
    try (Ga4ExportOverHttp again = new Ga4ExportOverHttp(new CollectedPages(google.sink.pages()))) {
      again.server.on(TOKEN, token(1));
      again.server.on(TABLE, table(3, "18"));
      assertEquals(Kind.RETRY, again.refused().kind());
    }

    google.server.on(TABLE, table(1, "17"), table(1, "18"));
    google.server.on(DATA, page(1, null, "a"));
    assertTrue(google.refused().getMessage().contains("loaded the table events_20260314 anew"));

    google.server.on(TABLE, table(2, "17"));
    google.server.on(DATA, page(3, null, "a", "b", "c"));
    assertEquals(Kind.RETRY, google.refused().kind());

    google.server.on(TABLE, table(2, "17"));
    google.server.on(DATA, page(2, null, "a"));
    assertEquals(Kind.RETRY, google.refused().kind());
  }

  @Test
  void a_token_that_ends_midway_is_renewed_once() {
    google.server.on(TABLE, table(3, "17"), table(3, "17"));
    google.server.on(
        DATA, page(3, "t1", "a", "b"), error(401, "authError", "expired"), page(3, null, "c"));

    google.fetch();

    assertEquals(2, google.sink.pages().size());
    assertEquals("Bearer access-2", google.asked(DATA).get(2).headers().getFirst("Authorization"));
  }

  @Test
  void each_refusal_has_its_kind() {
    google.server.on(TABLE, error(403, "accessDenied", "Access Denied: Table"));
    ChannelException refused = google.refused();
    assertEquals(Kind.REFUSED, refused.kind());
    assertTrue(refused.getMessage().contains("ltv@test.iam.gserviceaccount.com"));

    google.server.on(TABLE, error(404, "notFound", "Not found: Dataset shop:analytics_4242"));
    assertEquals(Kind.REFUSED, google.refused().kind());

    google.server.on(TABLE, error(403, "quotaExceeded", "Quota exceeded"));
    assertEquals(Instant.parse("2026-03-16T07:00:00Z"), google.refused().until().orElseThrow());

    google.server.on(
        TABLE, error(403, "rateLimitExceeded", "slow down"), table(0, "1"), table(0, "1"));
    google.server.on(DATA, page(0, null));
    google.fetch();
    assertEquals(1, google.pauses.wanted().size());
  }

  @Test
  void rows_that_do_not_fit_the_schema_are_refused() {
    google.server.on(TABLE, table(1, "17"));
    google.server.on(
        DATA, Answer.of(200, "{\"totalRows\":\"1\",\"rows\":[{\"f\":[{\"v\":\"a\"}]}]}"));

    assertEquals(Kind.BUG, google.refused().kind());
  }

  @Test
  void doctor_counts_the_tables() {
    google.server.on(
        "/bigquery/v2/projects/shop/datasets/analytics_4242/tables",
        Answer.of(200, "{\"totalItems\":61}"));
    Ga4ExportConnector connector = google.connector();

    assertEquals("61 tables", connector.examine(connector.streams().get(0).accounts().get(0)));
  }
}
