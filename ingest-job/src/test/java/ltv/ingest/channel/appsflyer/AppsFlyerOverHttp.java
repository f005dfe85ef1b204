package ltv.ingest.channel.appsflyer;

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

/** The connector against a scripted AppsFlyer, for the stream of in-app events. */
final class AppsFlyerOverHttp implements AutoCloseable {
  static final String TOKEN = "token-of-the-test";
  static final LocalDate DAY = LocalDate.of(2026, 3, 14);
  static final Instant NOW = Instant.parse("2026-03-15T22:10:00Z");

  /** In the app's zone. */
  static final String TODAY = "2026-03-16";

  static final String PAID = "/api/raw-data/export/app/com.example.app/in_app_events_report/v5";
  static final String ORGANIC =
      "/api/raw-data/export/app/com.example.app/organic_in_app_events_report/v5";

  final FakeApiServer server = new FakeApiServer();
  final RecordedPauses pauses = new RecordedPauses();
  CollectedPages sink = new CollectedPages();

  static Answer recorded(int status, String file) {
    return Answer.recorded(status, "appsflyer/" + file);
  }

  void fetch(int maximumRows) {
    fetch("in_app_events", maximumRows);
  }

  void fetch(String name, int maximumRows) {
    AppsFlyerConnector connector = connector(maximumRows);
    var stream = connector.streams().stream().filter(s -> s.name().equals(name)).findFirst();
    var account = stream.orElseThrow().accounts().get(0);
    connector.fetch(new FetchRequest(stream.orElseThrow(), account, DAY), sink);
  }

  AppsFlyerConnector connector(int maximumRows) {
    Clock clock = Clock.fixed(NOW, ZoneOffset.UTC);
    AppsFlyerConfig config =
        new AppsFlyerConfig(
            server.address(),
            new Secret(TOKEN),
            maximumRows,
            7,
            90,
            List.of(AppsFlyerReport.values()),
            List.of("detection", "ad_revenue_raw"),
            List.of(new AppsFlyerConfig.App("com.example.app", ZoneId.of("Asia/Seoul"))));
    return new AppsFlyerConnector(config, CollectedPages.transport(pauses, clock), clock);
  }

  /** Fetches, which must fail without telling the token. */
  ChannelException refused() {
    ChannelException e = Assertions.assertThrows(ChannelException.class, () -> fetch(100));
    for (Throwable told = e; told != null; told = told.getCause()) {
      String message = String.valueOf(told.getMessage());
      Assertions.assertFalse(message.contains(TOKEN), message);
    }
    return e;
  }

  List<String> bodies() {
    return sink.pages().stream().map(CollectedPages.Page::body).toList();
  }

  @Override
  public void close() {
    server.close();
  }
}
