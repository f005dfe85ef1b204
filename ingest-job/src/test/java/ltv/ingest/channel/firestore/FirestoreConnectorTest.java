package ltv.ingest.channel.firestore;

import static ltv.ingest.channel.firestore.FirestoreOverHttp.COUNT;
import static ltv.ingest.channel.firestore.FirestoreOverHttp.MOMENT;
import static ltv.ingest.channel.firestore.FirestoreOverHttp.QUERY;
import static ltv.ingest.channel.firestore.FirestoreOverHttp.ROOT;
import static ltv.ingest.channel.firestore.FirestoreOverHttp.TOKEN;
import static ltv.ingest.channel.firestore.FirestoreOverHttp.count;
import static ltv.ingest.channel.firestore.FirestoreOverHttp.error;
import static ltv.ingest.channel.firestore.FirestoreOverHttp.page;
import static ltv.ingest.channel.firestore.FirestoreOverHttp.token;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import ltv.ingest.channel.ChannelException;
import ltv.ingest.channel.ChannelException.Kind;
import ltv.ingest.channel.CollectedPages;
import ltv.ingest.http.FakeApiServer.Answer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class FirestoreConnectorTest {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final FirestoreOverHttp firestore = new FirestoreOverHttp();

  @BeforeEach
  void tokens() {
    firestore.server.on(TOKEN, token(1), token(2));
    firestore.server.always(TOKEN, a -> token(3));
  }

  @AfterEach
  void stop() {
    firestore.close();
  }

  @Test
  void pages_go_on_behind_the_last_document_all_at_the_moment_of_the_first() throws IOException {
    firestore.server.on(QUERY, page("a", "b"), page("c", "d"), page());
    firestore.server.on(COUNT, count(4));

    firestore.fetch();

    assertEquals(3, firestore.sink.pages().size());
    JsonNode first = JSON.readTree(firestore.queries().get(0).body());
    JsonNode second = JSON.readTree(firestore.queries().get(1).body());
    assertEquals("__name__", first.at("/structuredQuery/orderBy/0/field/fieldPath").asText());
    assertTrue(first.at("/structuredQuery/from/0/allDescendants").asBoolean());
    assertTrue(first.path("readTime").isMissingNode());
    assertEquals(
        ROOT + "/users/b", second.at("/structuredQuery/startAt/values/0/referenceValue").asText());
    assertEquals(MOMENT, second.path("readTime").asText());
    JsonNode line = JSON.readTree(firestore.sink.pages().get(0).body().lines().findFirst().get());
    assertEquals("12", line.at("/fields/visits/integerValue").asText());
    assertEquals(12, line.at("/data/visits").asInt());
    assertTrue(line.path("persons").asBoolean());
  }

  @Test
  void each_type_of_value_has_its_plain_form() throws IOException {
    String typed =
        """
        {"fields":{"s":{"stringValue":"x"},"i":{"integerValue":"9007199254740993"},"d":{"doubleValue":1.5},"b":{"booleanValue":true},"n":{"nullValue":null},
        "t":{"timestampValue":"2026-01-02T03:04:05Z"},"g":{"geoPointValue":{"latitude":37.5,"longitude":127}},"r":{"referenceValue":"projects/p"},
        "m":{"mapValue":{"fields":{"a":{"arrayValue":{"values":[{"integerValue":"1"},{"mapValue":{}}]}},"e":{"arrayValue":{}}}}}}}""";

    assertEquals(
        JSON.readTree(
            """
            {"s":"x","i":9007199254740993,"d":1.5,"b":true,"n":null,"t":"2026-01-02T03:04:05Z","g":{"latitude":37.5,"longitude":127},"r":"projects/p",
            "m":{"a":[1,{}],"e":[]}}"""),
        JSON.readTree(Documents.line(JSON.readTree(typed), false).path("data").toString()));
  }

  @Test
  void a_collection_without_documents_is_one_empty_page() {
    firestore.server.on(QUERY, page());
    firestore.server.on(COUNT, count(0));

    firestore.fetch();

    assertEquals("0", firestore.sink.pages().get(0).facts().get("rows"));
  }

  @Test
  void a_second_page_that_fails_leaves_the_first_to_go_on_from() {
    firestore.server.on(QUERY, page("a", "b"), error(400, "too old"));
    assertEquals(Kind.BUG, firestore.refused().kind());

    try (FirestoreOverHttp again =
        new FirestoreOverHttp(new CollectedPages(firestore.sink.pages()))) {
      again.server.on(TOKEN, token(1));
      again.server.on(QUERY, page("c"));
      again.server.on(COUNT, count(3));
      again.fetch();

      assertEquals(2, again.sink.pages().size());
      assertTrue(again.queries().get(0).body().contains("/users/b"));
      assertTrue(again.queries().get(0).body().contains(MOMENT));
    }
  }

  @Test
  void documents_that_do_not_come_to_what_firestore_counts_are_no_whole_day() {
    firestore.server.on(QUERY, page("a"));
    firestore.server.on(COUNT, count(2));

    ChannelException e = firestore.refused();

    assertEquals(Kind.RETRY, e.kind());
    assertTrue(e.getMessage().contains("counts 2 documents of users and gave 1"), e.getMessage());
  }

  @Test
  void a_token_that_ends_midway_is_renewed_once() {
    firestore.server.on(QUERY, page("a", "b"), error(401, "expired"), page("c"));
    firestore.server.on(COUNT, count(3));

    firestore.fetch();

    assertEquals(2, firestore.sink.pages().size());
    assertEquals("Bearer access-2", firestore.queries().get(2).headers().getFirst("Authorization"));
  }

  @Test
  void each_refusal_has_its_kind() {
    firestore.server.on(QUERY, error(403, "Missing or insufficient permissions."));
    ChannelException refused = firestore.refused();
    assertEquals(Kind.REFUSED, refused.kind());
    assertTrue(refused.getMessage().contains("ltv@test.iam.gserviceaccount.com"));

    firestore.server.on(QUERY, error(404, "The database (default) does not exist"));
    assertEquals(Kind.REFUSED, firestore.refused().kind());

    firestore.server.on(QUERY, error(429, "Quota exceeded."), page());
    firestore.server.on(COUNT, count(0));
    firestore.fetch();
    assertEquals(1, firestore.pauses.wanted().size());
  }

  @Test
  void doctor_asks_for_one_document() {
    firestore.server.on(QUERY, page("a"), Answer.of(200, "[{\"readTime\":\"x\"}]"));
    FirestoreConnector connector = firestore.connector();
    var users = connector.streams().get(0).accounts().get(0);

    assertEquals("has documents", connector.examine(users));
    assertEquals("has no document", connector.examine(users));
    assertTrue(firestore.queries().get(0).body().contains("\"limit\":1"));
  }
}
