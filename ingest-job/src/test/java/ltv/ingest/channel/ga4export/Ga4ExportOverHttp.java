package ltv.ingest.channel.ga4export;

import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
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

/** The connector against a scripted BigQuery. */
final class Ga4ExportOverHttp implements AutoCloseable {
  static final LocalDate DAY = LocalDate.of(2026, 3, 14);
  static final Instant NOW = Instant.parse("2026-03-15T22:10:00Z");
  static final String TOKEN = "/token";
  static final String TABLE =
      "/bigquery/v2/projects/shop/datasets/analytics_4242/tables/events_20260314";
  static final String DATA = TABLE + "/data";

  final FakeApiServer server = new FakeApiServer();
  final RecordedPauses pauses = new RecordedPauses();
  final CollectedPages sink;
  private final Path scratch = Path.of(System.getProperty("java.io.tmpdir"), "ltv-ga4-export");

  Ga4ExportOverHttp() {
    this(new CollectedPages());
  }

  Ga4ExportOverHttp(CollectedPages sink) {
    this.sink = sink;
  }

  static Answer token(int n) {
    return Answer.of(200, "{\"access_token\":\"access-%d\",\"expires_in\":3599}".formatted(n));
  }

  /** The table as it is described: a name, a record, and a list of records. */
  static Answer table(int rows, String modified) {
    return Answer.of(
        200,
        """
        {"numRows":"%d","lastModifiedTime":"%s","schema":{"fields":[{"name":"event_name","type":"STRING","mode":"NULLABLE"},
        {"name":"geo","type":"RECORD","mode":"NULLABLE","fields":[{"name":"country","type":"STRING"}]},
        {"name":"event_params","type":"RECORD","mode":"REPEATED","fields":[{"name":"key","type":"STRING"},
          {"name":"value","type":"RECORD","fields":[{"name":"string_value","type":"STRING"},{"name":"int_value","type":"INTEGER"}]}]}]}}"""
            .formatted(rows, modified));
  }

  /** A page of rows; without a token it is the last. */
  static Answer page(int total, String next, String... names) {
    String rows =
        Stream.of(names)
            .map(
                n ->
                    "{\"f\":[{\"v\":\"%s\"},{\"v\":{\"f\":[{\"v\":null}]}},{\"v\":[{\"v\":{\"f\":[{\"v\":\"level\"},{\"v\":{\"f\":[{\"v\":null},{\"v\":\"7\"}]}}]}}]}]}"
                        .formatted(n))
            .collect(Collectors.joining(","));
    return Answer.of(
        200,
        "{\"totalRows\":\"%d\"%s%s}"
            .formatted(
                total,
                next == null ? "" : ",\"pageToken\":\"" + next + "\"",
                names.length == 0 ? "" : ",\"rows\":[" + rows + "]"));
  }

  static Answer error(int status, String reason, String message) {
    return Answer.of(
        status,
        "{\"error\":{\"code\":%d,\"message\":\"%s\",\"errors\":[{\"reason\":\"%s\"}]}}"
            .formatted(status, message, reason));
  }

  Ga4ExportConnector connector() {
    return connector(
        new Ga4ExportConfig.Account("4242", ZoneId.of("Asia/Seoul"), "shop", null, null));
  }

  Ga4ExportConnector connector(Ga4ExportConfig.Account account) {
    Clock clock = Clock.fixed(NOW, ZoneOffset.UTC);
    Ga4ExportConfig config =
        new Ga4ExportConfig(
            server.address(),
            null,
            SheetsOverHttp.keyFile(server.address() + TOKEN),
            2,
            null,
            List.of(account));
    return new Ga4ExportConnector(config, CollectedPages.transport(pauses, clock), clock, scratch);
  }

  void fetch() {
    fetch(connector());
  }

  void fetch(Ga4ExportConnector connector) {
    ChannelStream stream = connector.streams().get(0);
    connector.fetch(new FetchRequest(stream, stream.accounts().get(0), DAY), sink);
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

  List<Asked> asked(String path) {
    return server.asked().stream().filter(a -> a.path().equals(path)).toList();
  }

  @Override
  public void close() {
    server.close();
  }
}
