package ltv.ingest.channel.meta;

import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import ltv.config.Secret;
import ltv.ingest.channel.ChannelException;
import ltv.ingest.channel.FetchRequest;
import ltv.ingest.channel.LandedTexts;
import ltv.ingest.channel.meta.MetaConfig.ReportMode;
import ltv.ingest.http.FakeApiServer;
import ltv.ingest.http.FakeApiServer.Answer;
import ltv.ingest.http.HttpTransport;
import ltv.ingest.http.RecordedPauses;

/** The connector, through the vendor's SDK, against a server that is told what Meta would say. */
final class MetaAccount implements AutoCloseable {
  static final Instant NOW = Instant.parse("2026-11-20T00:00:00Z");
  static final String TOKEN = "token-of-the-test";
  static final String INSIGHTS = "/act_1200340056/insights";

  final FakeApiServer server = new FakeApiServer();
  final RecordedPauses pauses = new RecordedPauses();
  final LandedTexts landed = new LandedTexts();
  private final Path scratch;

  MetaAccount(Path scratch) {
    this.scratch = scratch;
  }

  Answer page1() {
    return Answer.recorded(200, "meta/insights_page1.json", "BASE", server.address());
  }

  static Answer page2() {
    return Answer.recorded(200, "meta/insights_page2.json");
  }

  static Answer tooMuch() {
    return Answer.recorded(400, "meta/error_too_much_data.json");
  }

  static Answer limited(int minutes) {
    return Answer.recorded(400, "meta/error_call_limit.json")
        .with(
            "X-Business-Use-Case-Usage",
            "{\"1\":[{\"type\":\"ads_management\",\"estimated_time_to_regain_access\":0}],"
                + "\"2\":[{\"type\":\"ads_insights\",\"estimated_time_to_regain_access\":"
                + minutes
                + "}]}");
  }

  /** A report job 777 that shows these states one after the other and then gives page 2. */
  void job(String... states) {
    server.on("/777/insights", page2());
    for (String state : states) {
      int percent = state.equals("Job Completed") ? 100 : 30;
      server.on(
          "/777/",
          Answer.of(
              200,
              "{\"id\":\"777\",\"async_status\":\"%s\",\"async_percent_completion\":%d}"
                  .formatted(state, percent)));
    }
  }

  void fetch(ReportMode mode) {
    MetaConfig config =
        new MetaConfig(
            server.address(),
            "v26.0",
            new Secret(TOKEN),
            new Secret("secret of the app"),
            mode,
            100,
            null,
            List.of(new MetaConfig.Account("1200340056", ZoneId.of("Asia/Seoul"))));
    MetaConnector connector =
        new MetaConnector(
            config, new HttpTransport(pauses, Clock.fixed(NOW, ZoneOffset.UTC), scratch));
    var stream = connector.streams().get(0);
    connector.fetch(
        new FetchRequest(stream, stream.accounts().get(0), LocalDate.of(2026, 11, 19)), landed);
  }

  ChannelException refused(ReportMode mode) {
    return assertThrows(ChannelException.class, () -> fetch(mode));
  }

  @Override
  public void close() {
    server.close();
  }
}
