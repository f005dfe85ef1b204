package ltv.ingest.channel.naver;

import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import ltv.config.Secret;
import ltv.ingest.channel.ChannelException;
import ltv.ingest.channel.ChannelStream;
import ltv.ingest.channel.CollectedPages;
import ltv.ingest.channel.FetchRequest;
import ltv.ingest.http.FakeApiServer;
import ltv.ingest.http.FakeApiServer.Answer;
import ltv.ingest.http.RecordedPauses;
import org.junit.jupiter.api.Assertions;

/** The connector of one customer, over a server that plays Naver. */
final class NaverOverHttp implements AutoCloseable {
  static final LocalDate DAY = LocalDate.of(2026, 3, 14);
  static final Instant NOW = Instant.ofEpochMilli(1_457_082_455_307L);
  static final String JOBS = "/stat-reports";
  static final String MASTERS = "/master-reports";
  static final String FILE = "/report-download";
  private static final String LICENCE = "licence-of-the-test";
  private static final String SECRET = "secret-key-of-the-test";

  final FakeApiServer server = new FakeApiServer();
  final RecordedPauses pauses = new RecordedPauses();
  CollectedPages sink = new CollectedPages();

  NaverConnector connector() {
    Clock clock = Clock.fixed(NOW, ZoneOffset.UTC);
    NaverConfig config =
        new NaverConfig(
            server.address(),
            null,
            null,
            List.of(NaverReport.values()),
            List.of(new NaverConfig.Customer("113131", new Secret(LICENCE), new Secret(SECRET))));
    return new NaverConnector(config, CollectedPages.transport(pauses, clock), clock);
  }

  ChannelStream stream(String name) {
    return connector().streams().stream()
        .filter(s -> s.name().equals(name))
        .findFirst()
        .orElseThrow();
  }

  void fetch(String name) {
    ChannelStream stream = stream(name);
    connector().fetch(new FetchRequest(stream, stream.accounts().get(0), DAY), sink);
  }

  /** Fetches, which must fail without telling the licence or its key. */
  ChannelException refused() {
    ChannelException e = Assertions.assertThrows(ChannelException.class, () -> fetch("ad"));
    for (Throwable told = e; told != null; told = told.getCause()) {
      String message = String.valueOf(told.getMessage());
      Assertions.assertFalse(message.contains(LICENCE) || message.contains(SECRET), message);
    }
    return e;
  }

  /** A report as Naver tells of it; one that is built says where its file is. */
  static Answer job(int id, String status) {
    String address =
        status.equals("BUILT")
            ? FakeApiServer.SERVER + FILE + "?authtoken=t" + id + "&fileVersion=v2"
            : "";
    return Answer.of(
        200,
        "{\"reportJobId\":%d,\"reportTp\":\"AD\",\"status\":\"%s\",\"statDt\":\"20260314\",\"updateTm\":\"2026-03-15T01:00:00.000Z\",\"downloadUrl\":\"%s\"}"
            .formatted(id, status, address));
  }

  static Answer rows() {
    return Answer.recorded(200, "naver_search_ad/ad.tsv");
  }

  static Answer gone() {
    return Answer.of(204, "");
  }

  @Override
  public void close() {
    server.close();
  }
}
