package ltv.sandbox.server;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import ltv.sandbox.market.Market;
import ltv.sandbox.market.User;

/**
 * Firestore with one collection, the app's users: each value with its type, documents in the order
 * of their names. A token ends after some calls.
 */
public final class FirestoreServer extends LocalServer {
  /** Path of the token endpoint. */
  public static final String TOKEN_PATH = "/token";

  /** The project. */
  public static final String PROJECT = "sandbox-app";

  /** The collection. */
  public static final String COLLECTION = "users";

  private static final String ROOT = "projects/" + PROJECT + "/databases/(default)/documents";
  private static final String MOMENT = "2026-11-19T00:00:00.123456Z";
  private static final DateTimeFormatter SECONDS =
      DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss");
  private static final int KOREA_HOURS = 9;
  private static final int CALLS_PER_TOKEN = 9;
  private static final ObjectMapper JSON = new ObjectMapper();

  private final List<ObjectNode> documents;
  private final ServiceAccountKey key;
  private final TokenDesk tokens = new TokenDesk("sandbox-firestore-access-", CALLS_PER_TOKEN);

  /**
   * A server over a market; port 0 takes a free one.
   *
   * @param keyFile of the service account that may view
   */
  public FirestoreServer(Market market, int port, String keyFile) {
    super(port);
    this.documents =
        User.byPerson(market.users()).stream()
            .filter(user -> !user.customerId().isEmpty())
            .map(FirestoreServer::document)
            .sorted((a, b) -> a.path("name").asText().compareTo(b.path("name").asText()))
            .toList();
    this.key = new ServiceAccountKey(keyFile, "/auth/datastore");
  }

  private static ObjectNode document(User user) {
    ObjectNode document = JSON.createObjectNode();
    document.put("name", ROOT + "/" + COLLECTION + "/" + user.customerId());
    ObjectNode fields = document.putObject("fields");
    fields.putObject("email").put("stringValue", user.email());
    fields.putObject("phoneNumber").put("stringValue", user.phone());
    fields.putObject("displayName").put("stringValue", "김 Canary");
    fields.putObject("visits").put("integerValue", "" + user.platform().length());
    ObjectNode settings = fields.putObject("settings").putObject("mapValue").putObject("fields");
    settings.putObject("push").put("booleanValue", true);
    ArrayNode tags = settings.putObject("tags").putObject("arrayValue").putArray("values");
    tags.addObject().put("stringValue", "vip");
    tags.addObject().putNull("nullValue");
    document.put(
        "createTime", user.installedAt().minusHours(KOREA_HOURS).format(SECONDS) + ".000001Z");
    document.put("updateTime", MOMENT);
    return document;
  }

  @Override
  synchronized Answer answer(Asked asked) {
    if (asked.path().equals(TOKEN_PATH)) {
      return key.token(asked, tokens);
    }
    if (!tokens.takes(asked)) {
      return error(401, "Request had invalid authentication credentials.");
    }
    JsonNode body = json(asked.body());
    if (asked.path().equals("/v1/" + ROOT + ":runAggregationQuery")) {
      return count(body);
    }
    return asked.path().equals("/v1/" + ROOT + ":runQuery")
        ? query(body)
        : error(403, "Missing or insufficient permissions.");
  }

  private Answer count(JsonNode body) {
    if (!body.path("readTime").asText().equals(MOMENT)) {
      return error(400, "The requested snapshot version is too old.");
    }
    return Answer.json(
        200,
        "[{\"result\":{\"aggregateFields\":{\"n\":{\"integerValue\":\"%d\"}}},\"readTime\":\"%s\"}]"
            .formatted(documents.size(), MOMENT));
  }

  private Answer query(JsonNode body) {
    JsonNode query = body.path("structuredQuery");
    String after = query.path("startAt").path("values").path(0).path("referenceValue").asText();
    if (!after.isEmpty() && !body.path("readTime").asText().equals(MOMENT)) {
      return error(400, "pages of two moments");
    }
    int from =
        IntStream.range(0, documents.size())
            .filter(n -> documents.get(n).path("name").asText().compareTo(after) > 0)
            .findFirst()
            .orElse(documents.size());
    ArrayNode answer = JSON.createArrayNode();
    documents.stream()
        .skip(from)
        .limit(query.path("limit").asLong())
        .forEach(d -> answer.addObject().put("readTime", MOMENT).set("document", d));
    if (answer.isEmpty()) {
      answer.addObject().put("readTime", MOMENT);
    }
    return Answer.json(200, answer.toString());
  }

  private static Answer error(int status, String message) {
    ObjectNode body = JSON.createObjectNode();
    body.set("error", JSON.valueToTree(Map.of("code", status, "message", message)));
    return Answer.json(status, "[" + body + "]");
  }
}
