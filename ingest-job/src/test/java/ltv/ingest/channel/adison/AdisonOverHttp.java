package ltv.ingest.channel.adison;

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

/** The connector of one advertiser whose report is served. */
final class AdisonOverHttp implements AutoCloseable {
  static final LocalDate DAY = LocalDate.of(2026, 3, 14);
  static final Instant NOW = Instant.parse("2026-03-15T22:10:00Z");
  static final String REPORT = "/report.csv";
  static final String TOKEN = "token-of-the-test";
  static final Answer MONTH =
      Answer.of(200, "날짜,캠페인ID,광고비\n2026-03-13,7,1000\n2026-03-14,7,\"1,200\"\n");

  final FakeApiServer server = new FakeApiServer();
  final RecordedPauses pauses = new RecordedPauses();
  final CollectedPages sink = new CollectedPages();
  private final AdisonConnector connector;

  AdisonOverHttp() {
    Clock clock = Clock.fixed(NOW, ZoneOffset.UTC);
    AdisonConfig.Endpoint http =
        new AdisonConfig.Endpoint(server.address() + REPORT + "?month={month}", new Secret(TOKEN));
    AdisonConfig config =
        new AdisonConfig(
            null, null, List.of(new AdisonConfig.Account("adv", null, null, null, http)));
    connector = new AdisonConnector(config, CollectedPages.transport(pauses, clock), clock);
  }

  void fetch(LocalDate day) {
    ChannelStream stream = connector.streams().get(0);
    connector.fetch(new FetchRequest(stream, stream.accounts().get(0), day), sink);
  }

  String examine() {
    return connector.examine(connector.streams().get(0).accounts().get(0));
  }

  /** Fetches, which must fail without telling the token. */
  ChannelException refused() {
    ChannelException e = Assertions.assertThrows(ChannelException.class, () -> fetch(DAY));
    Assertions.assertFalse(e.getMessage().contains(TOKEN), e.getMessage());
    return e;
  }

  @Override
  public void close() {
    server.close();
  }
}
