package ltv.ingest.channel.appsflyer;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.time.Clock;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import ltv.ingest.channel.FetchRequest;
import ltv.ingest.channel.RawSink;
import ltv.ingest.http.CallMeter;
import ltv.ingest.http.HttpTransport;
import ltv.ingest.http.HttpTransport.Download;
import okhttp3.HttpUrl;
import okhttp3.MediaType;
import okhttp3.Request;
import okhttp3.RequestBody;

/**
 * Figures that AppsFlyer adds up by install day. A call may ask for many days and is worth a minute
 * or a day's share of the limit: a month is asked for once in a run, and lands with each of its
 * days.
 */
final class AddedUpFigures {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final MediaType JSON_BODY = MediaType.get("application/json");

  private final AppsFlyerConfig config;
  private final HttpTransport transport;
  private final AppsFlyerFailures failures;
  private final Clock clock;
  private final Map<String, byte[]> months = new HashMap<>();

  AddedUpFigures(
      AppsFlyerConfig config, HttpTransport transport, AppsFlyerFailures failures, Clock clock) {
    this.config = config;
    this.transport = transport;
    this.failures = failures;
    this.clock = clock;
  }

  void fetch(FetchRequest request, AppsFlyerReport report, RawSink sink) {
    YearMonth month = YearMonth.from(request.date());
    String key = report + "/" + request.account().id() + "/" + month;
    byte[] body = months.computeIfAbsent(key, k -> ask(request, report, month));
    Map<String, String> facts = Map.of("month", month.toString());
    try {
      sink.page("csv", facts, new ByteArrayInputStream(body));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private byte[] ask(FetchRequest request, AppsFlyerReport report, YearMonth month) {
    LocalDate today = LocalDate.now(clock.withZone(request.account().zone()));
    LocalDate end = month.atEndOfMonth();
    LocalDate to = end.isAfter(today) ? today : end;
    Request call =
        report == AppsFlyerReport.COHORT
            ? cohort(request, month.atDay(1), to)
            : partners(request, month.atDay(1), to);
    try (Download answer = transport.download(call, failures)) {
      AppsFlyerConnector.rows(
          answer, request, report.stream()); // a real reader sees that it is whole
      return Files.readAllBytes(answer.file());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Request.Builder call(String report) {
    return new Request.Builder()
        .header("Authorization", "Bearer " + config.apiToken().reveal())
        .tag(CallMeter.Counted.class, new CallMeter.Counted(report));
  }

  private Request partners(FetchRequest request, LocalDate from, LocalDate to) {
    HttpUrl address =
        base("api/agg-data/export/app", request)
            .addPathSegment(AppsFlyerReport.PARTNERS_REPORT)
            .addPathSegment("v5")
            .addQueryParameter("from", from.toString())
            .addQueryParameter("to", to.toString())
            .addQueryParameter("timezone", request.account().zone().getId())
            .addQueryParameter("currency", "preferred")
            .build();
    return call(AppsFlyerReport.PARTNERS_REPORT).url(address).build();
  }

  /** One kpi a call; with it come users, cost and cost per install. */
  private Request cohort(FetchRequest request, LocalDate from, LocalDate to) {
    HttpUrl address =
        base("api/cohorts/v1/data/app", request).addQueryParameter("format", "csv").build();
    ObjectNode body = JSON.createObjectNode();
    body.put("cohort_type", "user_acquisition");
    body.put("from", from.toString()).put("to", to.toString());
    List.of("date", "pid", "c", "af_c_id").forEach(body.withArray("groupings")::add);
    body.withArray("kpis").add("revenue");
    body.put("aggregation_type", "cumulative").put("min_cohort_size", 1);
    body.put("preferred_currency", true).put("preferred_timezone", true).put("per_user", false);
    RequestBody json =
        RequestBody.create(body.toString().getBytes(StandardCharsets.UTF_8), JSON_BODY);
    return call(AppsFlyerReport.COHORT_REPORT).url(address).post(json).build();
  }

  private HttpUrl.Builder base(String path, FetchRequest request) {
    return HttpUrl.get(config.baseUrl())
        .newBuilder()
        .addPathSegments(path)
        .addPathSegment(request.account().id());
  }
}
