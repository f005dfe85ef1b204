package ltv.ingest.channel.ga4;

import java.time.ZoneId;
import java.util.List;
import java.util.stream.Collectors;
import ltv.ingest.channel.CollectedPages;
import ltv.ingest.channel.GoogleOverHttp;
import ltv.ingest.http.FakeApiServer.Answer;
import ltv.ingest.http.FakeApiServer.Asked;

/** The connector against a scripted Google Analytics. */
final class Ga4OverHttp extends GoogleOverHttp {
  static final String REPORT = "/v1beta/properties/4242:runReport";

  Ga4OverHttp() {
    this(new CollectedPages());
  }

  Ga4OverHttp(CollectedPages sink) {
    super(sink);
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

  @Override
  public Ga4Connector connector() {
    Ga4Config config =
        new Ga4Config(
            server.address(),
            null,
            null,
            keyFile(),
            2,
            null,
            List.of(new Ga4Config.Account("4242", ZoneId.of("Asia/Seoul"))));
    return new Ga4Connector(config, transport(), clock());
  }

  List<Asked> reports() {
    return asked(REPORT);
  }
}
