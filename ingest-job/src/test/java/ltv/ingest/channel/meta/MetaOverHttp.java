package ltv.ingest.channel.meta;

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
import ltv.ingest.channel.meta.MetaConfig.ReportMode;
import ltv.ingest.http.FakeApiServer;
import ltv.ingest.http.FakeApiServer.Answer;
import ltv.ingest.http.FakeApiServer.Asked;
import ltv.ingest.http.HttpTransport;
import ltv.ingest.http.RecordedPauses;
import org.junit.jupiter.api.Assertions;

/**
 * The connector, the vendor's SDK and a scripted Meta. The SDK keeps one executor per process:
 * tests that use this hold {@link #SDK}, and stdout, which the connector takes from the SDK for a
 * moment.
 */
final class MetaOverHttp implements AutoCloseable {
  /** The lock of the SDK's one executor. */
  static final String SDK = "facebook-sdk";

  static final String TOKEN = "token-of-the-test";
  static final String APP_SECRET = "app-secret-of-the-test";
  static final LocalDate DAY = LocalDate.of(2026, 3, 14);
  static final Instant NOW = Instant.parse("2026-03-15T01:02:03Z");
  static final String INSIGHTS = "/v26.0/act_1200340056/insights";

  final FakeApiServer server = new FakeApiServer();
  final RecordedPauses pauses = new RecordedPauses();
  final CollectedPages sink = new CollectedPages();

  static Answer recorded(int status, String file) {
    return Answer.recorded(status, "meta/" + file + ".json");
  }

  /** Scripts the report's own path. */
  MetaOverHttp insights(Answer... answers) {
    server.on(INSIGHTS, answers);
    return this;
  }

  void fetch(ReportMode mode) {
    fetch(MetaReport.INSIGHTS, mode, DAY);
  }

  String examined() {
    MetaConnector connector = connector(MetaReport.INSIGHTS, ReportMode.SYNC);
    return connector.examine(connector.streams().get(0).accounts().get(0));
  }

  private MetaConnector connector(MetaReport report, ReportMode mode) {
    MetaConfig config =
        new MetaConfig(
            server.address(),
            "v26.0",
            new Secret(TOKEN),
            new Secret(APP_SECRET),
            mode,
            100,
            28,
            List.of(report),
            List.of(new MetaConfig.Account("1200340056", ZoneId.of("Asia/Seoul"))));
    Clock clock = Clock.fixed(NOW, ZoneOffset.UTC);
    HttpTransport transport = CollectedPages.transport(pauses, clock);
    return new MetaConnector(config, transport, clock);
  }

  void fetch(MetaReport report, ReportMode mode, LocalDate day) {
    MetaConnector connector = connector(report, mode);
    var stream = connector.streams().get(0);
    connector.fetch(new FetchRequest(stream, stream.accounts().get(0), day), sink);
  }

  /** Fetches, which must fail with nothing landed and no secret told. */
  ChannelException refused(ReportMode mode) {
    return refused(MetaReport.INSIGHTS, mode, DAY);
  }

  ChannelException refused(MetaReport report, ReportMode mode, LocalDate day) {
    ChannelException e =
        Assertions.assertThrows(ChannelException.class, () -> fetch(report, mode, day));
    Assertions.assertEquals(List.of(), sink.pages());
    for (Throwable told = e; told != null; told = told.getCause()) {
      String message = String.valueOf(told.getMessage());
      Assertions.assertFalse(message.contains(TOKEN), message);
      Assertions.assertFalse(message.contains(APP_SECRET), message);
    }
    return e;
  }

  List<String> bodies() {
    return sink.pages().stream().map(CollectedPages.Page::body).toList();
  }

  List<String> askedLimits() {
    return asked(INSIGHTS).stream().map(a -> a.parameter("limit")).toList();
  }

  List<Asked> asked(String path) {
    return server.asked().stream().filter(a -> a.path().equals(path)).toList();
  }

  @Override
  public void close() {
    server.close();
  }
}
