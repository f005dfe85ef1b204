package ltv.ingest.channel.appleads;

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
import ltv.ingest.http.FakeApiServer.Asked;
import ltv.ingest.http.RecordedPauses;
import org.junit.jupiter.api.Assertions;

/** The connector against a scripted Apple Search Ads. */
final class AppleAdsOverHttp implements AutoCloseable {
  static final LocalDate DAY = LocalDate.of(2026, 3, 14);
  static final Instant NOW = Instant.parse("2026-03-15T22:10:00Z");
  static final String TOKEN = "/auth/oauth2/token";
  static final String CAMPAIGNS = "/api/v5/reports/campaigns";

  /** A key that opens nothing, as {@code openssl ecparam -genkey} writes it. */
  static final String KEY =
      """
      -----BEGIN EC PRIVATE KEY-----
      MHcCAQEEIBLaz8OVEIBbFrX+i/m3Pd84rBvsr74H/BBwdpYwpCPLoAoGCCqGSM49
      AwEHoUQDQgAElNK7MBWUuaDLemYNSAZ+wHsGPWxVpRD4jzv0XA/t+uR7va9rbjvg
      7Dv8Tv2aKZ/pxrV98Ak6Ornm9oG4m5nxkA==
      -----END EC PRIVATE KEY-----
      """;

  final FakeApiServer server = new FakeApiServer();
  final RecordedPauses pauses = new RecordedPauses();
  CollectedPages sink = new CollectedPages();
  final AppleAdsConfig config =
      new AppleAdsConfig(
          server.address(),
          server.address() + TOKEN,
          "v5",
          "SEARCHADS.client",
          "SEARCHADS.team",
          "key-1",
          new Secret(KEY),
          2,
          null,
          List.of(AppleAdsReport.values()),
          List.of(new AppleAdsConfig.Organization("3219110", ZoneId.of("Asia/Seoul"))));

  static Answer recorded(int status, String file) {
    return Answer.recorded(status, "apple_search_ads/" + file);
  }

  static Answer token(int n) {
    return Answer.of(200, recorded(200, "token.json").body().replace("access-1", "access-" + n));
  }

  AppleAdsConnector connector() {
    Clock clock = Clock.fixed(NOW, ZoneOffset.UTC);
    return new AppleAdsConnector(config, CollectedPages.transport(pauses, clock), clock);
  }

  void fetch(String stream) {
    AppleAdsConnector connector = connector();
    var of = connector.streams().stream().filter(s -> s.name().equals(stream)).findFirst();
    connector.fetch(
        new FetchRequest(of.orElseThrow(), of.orElseThrow().accounts().get(0), DAY), sink);
  }

  /** Fetches, which must fail without telling a token or a key. */
  ChannelException refused() {
    ChannelException e = Assertions.assertThrows(ChannelException.class, () -> fetch("campaign"));
    for (Throwable told = e; told != null; told = told.getCause()) {
      String message = String.valueOf(told.getMessage());
      Assertions.assertFalse(message.contains("access-") || message.contains("MHcC"), message);
    }
    return e;
  }

  /** What was asked of the reports. */
  List<Asked> reports() {
    return server.asked().stream().filter(a -> !a.path().equals(TOKEN)).toList();
  }

  List<String> bodies() {
    return sink.pages().stream().map(CollectedPages.Page::body).toList();
  }

  @Override
  public void close() {
    server.close();
  }
}
