package ltv.ingest.channel.firestore;

import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import ltv.ingest.channel.ChannelException;
import ltv.ingest.channel.ChannelStream;
import ltv.ingest.channel.CollectedPages;
import ltv.ingest.channel.FetchRequest;
import ltv.ingest.channel.sheets.SheetsOverHttp;
import ltv.ingest.http.FakeApiServer;
import ltv.ingest.http.FakeApiServer.Answer;
import ltv.ingest.http.FakeApiServer.Asked;
import ltv.ingest.http.RecordedPauses;
import org.junit.jupiter.api.Assertions;

/** The connector against a scripted Firestore. */
final class FirestoreOverHttp implements AutoCloseable {
  static final Instant NOW = Instant.parse("2026-03-15T22:10:00Z");
  static final String MOMENT = "2026-03-15T22:09:59.123456Z";
  static final String TOKEN = "/token";
  static final String ROOT = "projects/shop/databases/(default)/documents";
  static final String QUERY = "/v1/" + ROOT + ":runQuery";
  static final String COUNT = "/v1/" + ROOT + ":runAggregationQuery";

  final FakeApiServer server = new FakeApiServer();
  final RecordedPauses pauses = new RecordedPauses();
  final CollectedPages sink;
  private final Path scratch = Path.of(System.getProperty("java.io.tmpdir"), "ltv-firestore");

  FirestoreOverHttp() {
    this(new CollectedPages());
  }

  FirestoreOverHttp(CollectedPages sink) {
    this.sink = sink;
  }

  static Answer token(int n) {
    return Answer.of(200, "{\"access_token\":\"access-%d\",\"expires_in\":3599}".formatted(n));
  }

  /** A page of users of these ids; without one Firestore still tells the moment. */
  static Answer page(String... ids) {
    String documents =
        Stream.of(ids)
            .map(
                id ->
                    "{\"document\":{\"name\":\"%s/users/%s\",\"fields\":{\"visits\":{\"integerValue\":\"12\"}},\"createTime\":\"2026-01-02T03:04:05.678901Z\",\"updateTime\":\"2026-01-02T03:04:05Z\"},\"readTime\":\"%s\"}"
                        .formatted(ROOT, id, MOMENT))
            .collect(Collectors.joining(","));
    return Answer.of(
        200, "[" + (ids.length == 0 ? "{\"readTime\":\"" + MOMENT + "\"}" : documents) + "]");
  }

  static Answer count(int documents) {
    return Answer.of(
        200,
        "[{\"result\":{\"aggregateFields\":{\"n\":{\"integerValue\":\"%d\"}}},\"readTime\":\"%s\"}]"
            .formatted(documents, MOMENT));
  }

  static Answer error(int status, String message) {
    return Answer.of(
        status, "[{\"error\":{\"code\":%d,\"message\":\"%s\"}}]".formatted(status, message));
  }

  FirestoreConnector connector() {
    Clock clock = Clock.fixed(NOW, ZoneOffset.UTC);
    FirestoreConfig config =
        new FirestoreConfig(
            server.address(),
            null,
            SheetsOverHttp.keyFile(server.address() + TOKEN),
            "shop",
            null,
            null,
            2,
            List.of(new FirestoreConfig.Account("users", true, null)));
    return new FirestoreConnector(config, CollectedPages.transport(pauses, clock), clock, scratch);
  }

  void fetch() {
    FirestoreConnector connector = connector();
    ChannelStream stream = connector.streams().get(0);
    connector.fetch(
        new FetchRequest(stream, stream.accounts().get(0), LocalDate.of(2026, 3, 16)), sink);
  }

  /** Fetches, which must fail without telling a token or the key. */
  ChannelException refused() {
    ChannelException e = Assertions.assertThrows(ChannelException.class, this::fetch);
    for (Throwable told = e; told != null; told = told.getCause()) {
      String message = String.valueOf(told.getMessage());
      Assertions.assertFalse(message.contains("access-") || message.contains("MIIE"), message);
    }
    return e;
  }

  List<Asked> queries() {
    return server.asked().stream().filter(a -> a.path().equals(QUERY)).toList();
  }

  @Override
  public void close() {
    server.close();
  }
}
