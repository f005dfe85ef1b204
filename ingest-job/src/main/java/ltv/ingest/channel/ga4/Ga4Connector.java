package ltv.ingest.channel.ga4;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.time.Clock;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.StreamSupport;
import ltv.ingest.channel.ChannelAccount;
import ltv.ingest.channel.ChannelConnector;
import ltv.ingest.channel.ChannelException;
import ltv.ingest.channel.ChannelException.Kind;
import ltv.ingest.channel.ChannelStream;
import ltv.ingest.channel.FetchRequest;
import ltv.ingest.channel.RawSink;
import ltv.ingest.channel.ReceivedPage;
import ltv.ingest.http.Failures;
import ltv.ingest.http.HttpTransport;
import ltv.ingest.http.HttpTransport.Download;
import ltv.ingest.http.ServiceAccount;
import ltv.ingest.http.TokenCalls;
import ltv.ingest.land.LandedPage;
import okhttp3.HttpUrl;
import okhttp3.MediaType;
import okhttp3.Request;
import okhttp3.RequestBody;

/**
 * One report of GA4: sessions by day, source, campaign, country and system. Google counts tokens,
 * not calls, and says with each page how many are left: they stand in the landing.
 */
public final class Ga4Connector implements ChannelConnector {
  /** The channel's id. */
  public static final String CHANNEL = "ga4";

  /** In the order in which the dataset reads them: values come without names. */
  static final List<String> DIMENSIONS =
      List.of(
          "date",
          "sessionSource",
          "sessionMedium",
          "sessionCampaignId",
          "sessionCampaignName",
          "countryId",
          "operatingSystem");

  static final List<String> METRICS =
      List.of(
          "sessions",
          "engagedSessions",
          "totalUsers",
          "newUsers",
          "keyEvents",
          "transactions",
          "purchaseRevenue");

  private static final String SCOPE = "https://www.googleapis.com/auth/analytics.readonly";
  private static final String SETTING = "channels.ga4.service_account";
  private static final String TOTAL = "total";
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final MediaType JSON_BODY = MediaType.get("application/json; charset=utf-8");

  private final Ga4Config config;
  private final TokenCalls calls;
  private final Failures failures;

  /** A connector; {@code clock} tells from when to when a token is good. */
  public Ga4Connector(Ga4Config config, HttpTransport transport, Clock clock) {
    this.config = config;
    ServiceAccount account = ServiceAccount.of(config.serviceAccount(), config.tokenUrl());
    this.calls = account.calls(transport, clock, SCOPE, SETTING);
    this.failures = new Ga4Failures(account.email(), clock);
  }

  @Override
  public String channel() {
    return CHANNEL;
  }

  @Override
  public List<ChannelStream> streams() {
    List<ChannelAccount> properties =
        config.accounts().stream().map(p -> new ChannelAccount(p.id(), p.timezone())).toList();
    return List.of(
        new ChannelStream(CHANNEL, "session", config.lookbackDays(), List.of(), properties));
  }

  @Override
  public void fetch(FetchRequest request, RawSink sink) {
    Set<String> seen = new HashSet<>();
    long rows = 0;
    long total = 1;
    for (ReceivedPage page : sink.received()) {
      try (InputStream body = page.open()) {
        rows += take(JSON.readTree(body), seen);
        total = Long.parseLong(page.facts().get(TOTAL));
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
    while (rows < total) {
      try (Download answer = calls.download(report(request, rows), failures)) {
        JsonNode page = JSON.readTree(answer.file().toFile());
        verify(page, request.account());
        long here = take(page, seen);
        total = page.path("rowCount").asLong();
        if (here == 0 && rows < total) {
          throw notWhole(request, seen.size(), total);
        }
        store(page, answer, rows, rows + here < total, sink);
        rows += here;
        if (total == 0) {
          return;
        }
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
    if (seen.size() < rows) {
      throw notWhole(request, seen.size(), rows);
    }
  }

  private static ChannelException notWhole(FetchRequest request, int seen, long total) {
    return new ChannelException(
        Kind.RETRY,
        "Google Analytics' report of property %s on %s has %d rows, of which its pages hold %d; run the day again."
            .formatted(request.account().id(), request.date(), total, seen));
  }

  /** Remembers the page's rows by their dimensions; returns how many there are. */
  private static long take(JsonNode page, Set<String> seen) {
    page.path("rows").forEach(row -> seen.add(row.path("dimensionValues").toString()));
    return page.path("rows").size();
  }

  /** Values come in the order of the headers, which must be the one that was asked for. */
  private static void verify(JsonNode page, ChannelAccount account) {
    List<String> dimensions = names(page.path("dimensionHeaders"));
    List<String> metrics = names(page.path("metricHeaders"));
    if (!dimensions.equals(DIMENSIONS) || !metrics.equals(METRICS)) {
      throw new ChannelException(
          Kind.BUG,
          "Google Analytics gives the columns %s and %s, not those that were asked for."
              .formatted(dimensions, metrics));
    }
    String zone = page.path("metadata").path("timeZone").asText();
    if (!zone.isEmpty()) {
      account.verifyZone(zone, "channels.ga4.accounts[].timezone");
    }
  }

  private static List<String> names(JsonNode headers) {
    return StreamSupport.stream(headers.spliterator(), false)
        .map(header -> header.path("name").asText())
        .toList();
  }

  private void store(JsonNode page, Download answer, long offset, boolean more, RawSink sink)
      throws IOException {
    Map<String, String> facts = new TreeMap<>();
    facts.put("offset", "" + offset);
    facts.put(TOTAL, page.path("rowCount").asText("0"));
    facts.put(LandedPage.ROWS, "" + page.path("rows").size());
    facts.put("quota", page.path("propertyQuota").toString());
    if (more) {
      facts.put(RawSink.NEXT, "behind " + offset);
    }
    try (InputStream body = Files.newInputStream(answer.file())) {
      sink.page("json", facts, body);
    }
  }

  private HttpUrl.Builder property(ChannelAccount account, String what) {
    return HttpUrl.get(config.baseUrl())
        .newBuilder()
        .addPathSegment(config.apiVersion())
        .addPathSegment("properties")
        .addPathSegment(account.id() + what);
  }

  private Request report(FetchRequest request, long offset) {
    ObjectNode body = JSON.createObjectNode();
    String day = request.date().toString();
    body.putArray("dateRanges").addObject().put("startDate", day).put("endDate", day);
    ArrayNode dimensions = body.putArray("dimensions");
    DIMENSIONS.forEach(name -> dimensions.addObject().put("name", name));
    ArrayNode metrics = body.putArray("metrics");
    METRICS.forEach(name -> metrics.addObject().put("name", name));
    ArrayNode order = body.putArray("orderBys"); // or two pages may hold the same row
    DIMENSIONS.forEach(n -> order.addObject().putObject("dimension").put("dimensionName", n));
    body.put("limit", "" + config.pageLimit()).put("offset", "" + offset);
    body.put("keepEmptyRows", false).put("returnPropertyQuota", true);
    byte[] bytes = body.toString().getBytes(StandardCharsets.UTF_8);
    return new Request.Builder()
        .url(property(request.account(), ":runReport").build())
        .post(RequestBody.create(bytes, JSON_BODY))
        .build();
  }

  @Override
  public String examine(ChannelAccount account) {
    Request call =
        new Request.Builder().url(property(account, "").addPathSegment("metadata").build()).build();
    try (Download answer = calls.download(call, failures)) {
      JsonNode found = JSON.readTree(answer.file().toFile());
      return "%d metrics can be asked for".formatted(found.path("metrics").size());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
