package ltv.ingest.channel.firestore;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import ltv.ingest.channel.CollectedPages;
import ltv.ingest.channel.GoogleOverHttp;
import ltv.ingest.http.FakeApiServer.Answer;
import ltv.ingest.http.FakeApiServer.Asked;

/** The connector against a scripted Firestore. */
final class FirestoreOverHttp extends GoogleOverHttp {
  static final String MOMENT = "2026-03-15T22:09:59.123456Z";
  static final String ROOT = "projects/shop/databases/(default)/documents";
  static final String QUERY = "/v1/" + ROOT + ":runQuery";
  static final String COUNT = "/v1/" + ROOT + ":runAggregationQuery";

  private final Path scratch = Path.of(System.getProperty("java.io.tmpdir"), "ltv-firestore");

  FirestoreOverHttp() {
    this(new CollectedPages());
  }

  FirestoreOverHttp(CollectedPages sink) {
    super(sink);
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

  @Override
  public FirestoreConnector connector() {
    FirestoreConfig config =
        new FirestoreConfig(
            server.address(),
            null,
            keyFile(),
            "shop",
            null,
            null,
            2,
            List.of(new FirestoreConfig.Account("users", true, null)));
    return new FirestoreConnector(config, transport(), clock(), scratch);
  }

  List<Asked> queries() {
    return asked(QUERY);
  }
}
