package ltv.ingest.channel.ga4;

import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.stream.Collectors;
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

/** The connector against a scripted Google Analytics. */
final class Ga4OverHttp implements AutoCloseable {
  static final LocalDate DAY = LocalDate.of(2026, 3, 14);
  static final Instant NOW = Instant.parse("2026-03-15T22:10:00Z");
  static final String TOKEN = "/token";
  static final String REPORT = "/v1beta/properties/4242:runReport";

  final FakeApiServer server = new FakeApiServer();
  final RecordedPauses pauses = new RecordedPauses();
  final CollectedPages sink;

  Ga4OverHttp() {
    this(new CollectedPages());
  }

  Ga4OverHttp(CollectedPages sink) {
    this.sink = sink;
  }

  static Answer token(int n) {
    return Answer.of(200, "{\"access_token\":\"access-%d\",\"expires_in\":3599}".formatted(n));
  }

  /** A page of a report that has so many rows in all. */
  static Answer page(int total, String... campaigns) {
    String rows =
        List.of(campaigns).stream()
            .map(
                c ->
                    "{\"dimensionValues\":[{\"value\":\"20260314\"},{\"value\":\"naver\"},{\"value\":\"cpc\"},{\"value\":\"7\"},{\"value\":\"%s\"},{\"value\":\"KR\"},{\"value\":\"Android\"}],\"metricValues\":[{\"value\":\"812\"},{\"value\":\"400\"},{\"value\":\"700\"},{\"value\":\"90\"},{\"value\":\"12.5\"},{\"value\":\"3\"},{\"value\":\"402100.5\"}]}"
                        .formatted(c))
            .collect(Collectors.joining(","));
    return Answer.of(
        200,
        "{\"dimensionHeaders\":[%s],\"metricHeaders\":[%s]%s%s,\"metadata\":{\"currencyCode\":\"KRW\",\"timeZone\":\"Asia/Seoul\",\"dataLossFromOtherRow\":true},\"propertyQuota\":{\"tokensPerDay\":{\"consumed\":4,\"remaining\":199900}},\"kind\":\"analyticsData#runReport\"}"
            .formatted(
                headers(Ga4Connector.DIMENSIONS),
                headers(Ga4Connector.METRICS),
                campaigns.length == 0 ? "" : ",\"rows\":[" + rows + "]",
                total == 0 ? "" : ",\"rowCount\":" + total));
  }

  private static String headers(List<String> names) {
    return names.stream().map(n -> "{\"name\":\"" + n + "\"}").collect(Collectors.joining(","));
  }

  static Answer error(int status, String message) {
    return Answer.of(
        status, "{\"error\":{\"code\":%d,\"message\":\"%s\"}}".formatted(status, message));
  }

  Ga4Connector connector() {
    Clock clock = Clock.fixed(NOW, ZoneOffset.UTC);
    Ga4Config config =
        new Ga4Config(
            server.address(),
            null,
            null,
            SheetsOverHttp.keyFile(server.address() + TOKEN),
            2,
            null,
            List.of(new Ga4Config.Account("4242", ZoneId.of("Asia/Seoul"))));
    return new Ga4Connector(config, CollectedPages.transport(pauses, clock), clock);
  }

  void fetch() {
    Ga4Connector connector = connector();
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

  List<Asked> reports() {
    return server.asked().stream().filter(a -> a.path().equals(REPORT)).toList();
  }

  @Override
  public void close() {
    server.close();
  }
}
