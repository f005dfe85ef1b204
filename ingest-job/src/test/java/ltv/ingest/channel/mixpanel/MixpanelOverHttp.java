package ltv.ingest.channel.mixpanel;

import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import ltv.config.Secret;
import ltv.ingest.channel.ChannelException;
import ltv.ingest.channel.ChannelStream;
import ltv.ingest.channel.CollectedPages;
import ltv.ingest.channel.FetchRequest;
import ltv.ingest.channel.mixpanel.MixpanelConfig.Days;
import ltv.ingest.http.FakeApiServer;
import ltv.ingest.http.FakeApiServer.Answer;
import ltv.ingest.http.RecordedPauses;
import org.junit.jupiter.api.Assertions;

/** The connector against a scripted Mixpanel. */
final class MixpanelOverHttp implements AutoCloseable {
  static final LocalDate DAY = LocalDate.of(2026, 3, 14);
  static final Instant NOW = Instant.parse("2026-03-15T22:10:00Z");
  static final String ME = "/api/app/me";
  static final String ENGAGE = "/api/query/engage";
  static final String EXPORT = "/api/2.0/export";
  static final String SECRET = "secret-of-the-service-account";

  final FakeApiServer server = new FakeApiServer();
  final RecordedPauses pauses = new RecordedPauses();
  final CollectedPages sink = new CollectedPages();

  static Answer recorded(String file) {
    return Answer.recorded(200, "mixpanel/" + file);
  }

  MixpanelConnector connector(Days days) {
    MixpanelConfig config =
        new MixpanelConfig(
            server.address(),
            server.address(),
            "ltv.service",
            new Secret(SECRET),
            null,
            List.of(MixpanelReport.EVENT, MixpanelReport.PROFILE),
            null,
            List.of(new MixpanelConfig.Project("2718281", ZoneId.of("Asia/Seoul"), days)));
    return new MixpanelConnector(
        config, CollectedPages.transport(pauses, Clock.fixed(NOW, ZoneOffset.UTC)));
  }

  void fetch() {
    fetch(connector(null));
  }

  void fetch(MixpanelConnector connector) {
    fetch(connector, "event", sink);
  }

  void fetch(MixpanelConnector connector, String stream, CollectedPages into) {
    ChannelStream of =
        connector.streams().stream().filter(s -> s.name().equals(stream)).findFirst().orElseThrow();
    connector.fetch(new FetchRequest(of, of.accounts().get(0), DAY), into);
  }

  /** Fetches, which must fail without telling the secret. */
  ChannelException refused() {
    ChannelException e = Assertions.assertThrows(ChannelException.class, this::fetch);
    for (Throwable told = e; told != null; told = told.getCause()) {
      String message = String.valueOf(told.getMessage());
      Assertions.assertFalse(message.contains(SECRET), message);
    }
    return e;
  }

  @Override
  public void close() {
    server.close();
  }
}
