package ltv.ingest.channel.firestore;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import ltv.ingest.channel.ChannelAccount;
import ltv.ingest.channel.ChannelConnector;
import ltv.ingest.channel.ChannelException;
import ltv.ingest.channel.ChannelException.Kind;
import ltv.ingest.channel.ChannelStream;
import ltv.ingest.channel.FetchRequest;
import ltv.ingest.channel.RawSink;
import ltv.ingest.channel.ReceivedPage;
import ltv.ingest.channel.RowLines;
import ltv.ingest.http.CloudFailures;
import ltv.ingest.http.HttpTransport;
import ltv.ingest.http.HttpTransport.Download;
import ltv.ingest.http.ServiceAccount;
import ltv.ingest.http.TokenCalls;
import ltv.ingest.land.LandedPage;
import okhttp3.HttpUrl;
import okhttp3.MediaType;
import okhttp3.Request;
import okhttp3.RequestBody;

/**
 * Collections of Firestore, document by document in the order of their names, all of them as they
 * were at one moment: that of the first page. Firestore looks back an hour at most, and each
 * document that is read costs money.
 */
public final class FirestoreConnector implements ChannelConnector {
  /** The channel's id. */
  public static final String CHANNEL = "firestore";

  private static final String SCOPE = "https://www.googleapis.com/auth/datastore";
  private static final String SETTING = "channels.firestore.service_account";
  private static final String MOMENT = "read_time";
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final MediaType JSON_BODY = MediaType.get("application/json; charset=utf-8");

  private final FirestoreConfig config;
  private final TokenCalls calls;
  private final CloudFailures failures;
  private final Path scratch;

  /**
   * A connector.
   *
   * @param clock tells from when to when a token is good
   * @param scratch folder for documents on their way; made when missing
   */
  public FirestoreConnector(
      FirestoreConfig config, HttpTransport transport, Clock clock, Path scratch) {
    this.config = config;
    this.scratch = scratch;
    ServiceAccount account = ServiceAccount.of(config.serviceAccount(), config.tokenUrl());
    this.calls = account.calls(transport, clock, SCOPE, SETTING);
    this.failures =
        new CloudFailures(
            "Firestore",
            account.email(),
            "make it a Cloud Datastore Viewer of the project (channels.firestore)",
            Optional.empty(),
            clock);
  }

  @Override
  public String channel() {
    return CHANNEL;
  }

  @Override
  public List<ChannelStream> streams() {
    List<ChannelAccount> collections =
        config.accounts().stream().map(c -> new ChannelAccount(c.id(), config.timezone())).toList();
    return List.of(new ChannelStream(CHANNEL, "document", 0, List.of(), collections));
  }

  @Override
  public void fetch(FetchRequest request, RawSink sink) {
    FirestoreConfig.Account collection = collection(request.account());
    long seen = 0;
    String after = "";
    String moment = null;
    for (ReceivedPage page : sink.received()) {
      seen += Long.parseLong(page.facts().get(LandedPage.ROWS));
      after = page.facts().get(RawSink.NEXT);
      moment = page.facts().get(MOMENT);
    }
    while (after != null) {
      JsonNode answer = ask(":runQuery", query(collection, after, moment));
      moment = moment == null ? answer.path(0).path("readTime").asText(null) : moment;
      try (RowLines lines = new RowLines(scratch)) {
        String last = null;
        for (JsonNode element : answer) {
          if (element.has("document")) {
            last = element.path("document").path("name").asText();
            lines.add(Documents.line(element.path("document"), collection.persons()));
          }
        }
        seen += lines.rows();
        after = lines.rows() < config.pageLimit() ? null : last;
        lines.into(sink, facts(moment, after));
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
    verify(collection, moment, seen);
  }

  private static Map<String, String> facts(String moment, String next) {
    Map<String, String> facts = new TreeMap<>();
    facts.put(MOMENT, String.valueOf(moment));
    if (next != null) {
      facts.put(RawSink.NEXT, next);
    }
    return facts;
  }

  /** Firestore counts them itself, at the same moment. */
  private void verify(FirestoreConfig.Account collection, String moment, long seen) {
    ObjectNode body = JSON.createObjectNode();
    ObjectNode counted = body.putObject("structuredAggregationQuery");
    from(counted.putObject("structuredQuery"), collection);
    counted.putArray("aggregations").addObject().put("alias", "n").putObject("count");
    body.put("readTime", moment);
    JsonNode answer = ask(":runAggregationQuery", body);
    JsonNode count = answer.path(0).path("result").path("aggregateFields").path("n");
    if (count.path("integerValue").asLong(-1) != seen) {
      throw new ChannelException(
          Kind.RETRY,
          "Firestore counts %s documents of %s and gave %d; run the day again."
              .formatted(count.path("integerValue").asText("no"), collection.id(), seen));
    }
  }

  private ObjectNode query(FirestoreConfig.Account collection, String after, String moment) {
    ObjectNode body = JSON.createObjectNode();
    ObjectNode query = body.putObject("structuredQuery");
    from(query, collection);
    ObjectNode order = query.putArray("orderBy").addObject().put("direction", "ASCENDING");
    order.putObject("field").put("fieldPath", "__name__");
    query.put("limit", config.pageLimit());
    if (!after.isEmpty()) {
      ObjectNode start = query.putObject("startAt").put("before", false);
      start.putArray("values").addObject().put("referenceValue", after);
    }
    if (moment != null) {
      body.put("readTime", moment);
    }
    return body;
  }

  private static void from(ObjectNode query, FirestoreConfig.Account collection) {
    query
        .putArray("from")
        .addObject()
        .put("collectionId", collection.id())
        .put("allDescendants", collection.group());
  }

  private JsonNode ask(String method, ObjectNode body) {
    HttpUrl address =
        HttpUrl.get(config.baseUrl())
            .newBuilder()
            .addPathSegments("v1/projects")
            .addPathSegment(config.project())
            .addPathSegment("databases")
            .addPathSegment(config.database())
            .addPathSegment("documents" + method)
            .build();
    byte[] bytes = body.toString().getBytes(StandardCharsets.UTF_8);
    Request request =
        new Request.Builder().url(address).post(RequestBody.create(bytes, JSON_BODY)).build();
    try (Download answer = calls.download(request, failures)) {
      return JSON.readTree(answer.file().toFile());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private FirestoreConfig.Account collection(ChannelAccount account) {
    return config.accounts().stream()
        .filter(c -> c.id().equals(account.id()))
        .findFirst()
        .orElseThrow();
  }

  @Override
  public String examine(ChannelAccount account) {
    FirestoreConfig.Account collection = collection(account);
    ObjectNode body = query(collection, "", null);
    ((ObjectNode) body.path("structuredQuery")).put("limit", 1);
    return ask(":runQuery", body).path(0).has("document") ? "has documents" : "has no document";
  }
}
