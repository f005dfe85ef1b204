package ltv.ingest.channel.ga4export;

import java.nio.file.Path;
import java.time.ZoneId;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import ltv.ingest.channel.CollectedPages;
import ltv.ingest.channel.GoogleOverHttp;
import ltv.ingest.http.FakeApiServer.Answer;

/** The connector against a scripted BigQuery. */
final class Ga4ExportOverHttp extends GoogleOverHttp {
  static final String TABLE =
      "/bigquery/v2/projects/shop/datasets/analytics_4242/tables/events_20260314";
  static final String DATA = TABLE + "/data";

  private final Path scratch = Path.of(System.getProperty("java.io.tmpdir"), "ltv-ga4-export");

  Ga4ExportOverHttp() {
    this(new CollectedPages());
  }

  Ga4ExportOverHttp(CollectedPages sink) {
    super(sink);
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

  @Override
  public Ga4ExportConnector connector() {
    return connector(
        new Ga4ExportConfig.Account("4242", ZoneId.of("Asia/Seoul"), "shop", null, null));
  }

  Ga4ExportConnector connector(Ga4ExportConfig.Account account) {
    Ga4ExportConfig config =
        new Ga4ExportConfig(server.address(), null, keyFile(), 2, null, List.of(account));
    return new Ga4ExportConnector(config, transport(), clock(), scratch);
  }
}
