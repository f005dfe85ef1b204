package ltv.ingest.channel.googleads;

import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import ltv.config.Secret;
import ltv.ingest.channel.ChannelException;
import ltv.ingest.channel.CollectedPages;
import ltv.ingest.channel.FetchRequest;
import ltv.ingest.http.FakeApiServer;
import ltv.ingest.http.FakeApiServer.Answer;
import ltv.ingest.http.RecordedPauses;
import org.junit.jupiter.api.Assertions;

/** The connector against a scripted Google Ads, for the stream of campaigns. */
final class GoogleAdsOverHttp implements AutoCloseable {
  static final LocalDate DAY = LocalDate.of(2026, 3, 14);
  static final Instant NOW = Instant.parse("2026-03-15T22:10:00Z");
  static final String STREAM = "/v23/customers/4815162342/googleAds:searchStream";
  static final String TOKEN = "/token";

  /** What no message may tell. */
  private static final List<String> SECRETS =
      List.of("developer-canary", "client-canary", "refresh-canary", "access-1", "access-2");

  final FakeApiServer server = new FakeApiServer();
  final RecordedPauses pauses = new RecordedPauses();
  final CollectedPages sink = new CollectedPages();
  final GoogleAdsConnector connector;

  GoogleAdsOverHttp() {
    Clock clock = Clock.fixed(NOW, ZoneOffset.UTC);
    GoogleAdsConfig config =
        new GoogleAdsConfig(
            server.address(),
            server.address() + TOKEN,
            "v23",
            new Secret("developer-canary"),
            "client-1",
            new Secret("client-canary"),
            new Secret("refresh-canary"),
            "1112223333",
            null,
            List.of(GoogleAdsReport.values()),
            List.of(new GoogleAdsConfig.Customer("4815162342", ZoneId.of("Asia/Seoul"))));
    connector = new GoogleAdsConnector(config, CollectedPages.transport(pauses, clock), clock);
  }

  static Answer recorded(int status, String file) {
    return Answer.recorded(status, "google_ads/" + file);
  }

  static Answer token(int n) {
    return Answer.of(200, recorded(200, "token.json").body().replace("access-1", "access-" + n));
  }

  /** An error as the API words it, with one code. */
  static Answer error(int status, String category, String code) {
    String body =
        recorded(429, "error_retry_delay.json")
            .body()
            .replace("\"code\":429", "\"code\":" + status)
            .replace("quotaError\":\"RESOURCE_EXHAUSTED", category + "\":\"" + code)
            .replaceAll(",\"details\":\\{\"quotaErrorDetails.*?\\}\\}", "");
    return Answer.of(status, body);
  }

  void fetch(String stream) {
    fetch(stream, DAY);
  }

  void fetch(String stream, LocalDate day) {
    var of = connector.streams().stream().filter(s -> s.name().equals(stream)).findFirst();
    connector.fetch(
        new FetchRequest(of.orElseThrow(), of.orElseThrow().accounts().get(0), day), sink);
  }

  /** Fetches, which must fail without telling a secret. */
  ChannelException refused() {
    ChannelException e = Assertions.assertThrows(ChannelException.class, () -> fetch("campaign"));
    for (Throwable told = e; told != null; told = told.getCause()) {
      String message = String.valueOf(told.getMessage());
      SECRETS.forEach(s -> Assertions.assertFalse(message.contains(s), message));
    }
    return e;
  }

  /** How often the report was asked for. */
  long tries() {
    return server.asked().stream().filter(a -> a.path().equals(STREAM)).count();
  }

  @Override
  public void close() {
    server.close();
  }
}
