package ltv.ingest.channel.appleads;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
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
import java.util.TreeSet;
import java.util.stream.Collectors;
import ltv.config.Secret;
import ltv.ingest.channel.ChannelAccount;
import ltv.ingest.channel.ChannelConnector;
import ltv.ingest.channel.ChannelException;
import ltv.ingest.channel.ChannelException.Kind;
import ltv.ingest.channel.ChannelStream;
import ltv.ingest.channel.FetchRequest;
import ltv.ingest.channel.RawSink;
import ltv.ingest.channel.ReceivedPage;
import ltv.ingest.http.CallMeter;
import ltv.ingest.http.Failures;
import ltv.ingest.http.HttpTransport;
import ltv.ingest.http.HttpTransport.Download;
import ltv.ingest.http.TokenCalls;
import ltv.ingest.http.TokenEndpoint;
import okhttp3.HttpUrl;
import okhttp3.MediaType;
import okhttp3.Request;
import okhttp3.RequestBody;

/**
 * One organization's reports of one day, in its own zone. Campaigns by country are the level at
 * which cost is complete; ad groups and keywords are asked for campaign by campaign, as Apple wants
 * it.
 */
public final class AppleAdsConnector implements ChannelConnector {
  /** The channel's id. */
  public static final String CHANNEL = "apple_search_ads";

  /** What tells the rows of a report apart; each report has some of these. */
  private static final List<String> IDENTITY =
      List.of(
          "id",
          "campaignId",
          "adGroupId",
          "keywordId",
          "searchTermText",
          "searchTermSource",
          "countryOrRegion");

  private static final String TOTAL = "total_results";
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final MediaType JSON_BODY = MediaType.get("application/json");

  private final AppleAdsConfig config;
  private final TokenCalls calls;
  private final AppleAdsFailures failures = new AppleAdsFailures();

  /** A connector; {@code clock} tells from when to when a token is good. */
  public AppleAdsConnector(AppleAdsConfig config, HttpTransport transport, Clock clock) {
    this.config = config;
    ClientSecret secret = new ClientSecret(config);
    TokenEndpoint tokens =
        new TokenEndpoint(
            transport,
            HttpUrl.get(config.tokenUrl()),
            clock,
            "channels.apple_search_ads.client_id, team_id, key_id and private_key");
    this.calls =
        new TokenCalls(
            transport,
            clock,
            () ->
                tokens.ask(
                    Map.of(
                        "grant_type", new Secret("client_credentials"),
                        "client_id", new Secret(config.clientId()),
                        "client_secret", secret.at(clock.instant()),
                        "scope", new Secret("searchadsorg"))));
  }

  @Override
  public String channel() {
    return CHANNEL;
  }

  @Override
  public List<ChannelStream> streams() {
    List<ChannelAccount> accounts =
        config.organizations().stream().map(o -> new ChannelAccount(o.id(), o.timezone())).toList();
    return config.reports().stream().map(report -> stream(report, accounts)).toList();
  }

  private ChannelStream stream(AppleAdsReport report, List<ChannelAccount> accounts) {
    return report.isOfNow()
        ? ChannelStream.ofNow(CHANNEL, report.stream(), report.calls(), accounts)
        : new ChannelStream(
            CHANNEL, report.stream(), config.lookbackDays(), report.calls(), accounts);
  }

  @Override
  public String examine(ChannelAccount account) {
    HttpUrl address = base().addPathSegments("acls").build();
    Request call =
        new Request.Builder().url(address).header("X-AP-Context", "orgId=" + account.id()).build();
    try (Download answer = calls.download(call, failures::judge)) {
      for (JsonNode organization : Failures.json(answer.text()).path("data")) {
        if (organization.path("orgId").asText().equals(account.id())) {
          return found(organization, account);
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    throw new ChannelException(
        Kind.REFUSED,
        "The key has no role in organization %s (channels.apple_search_ads.organizations); invite its user."
            .formatted(account.id()));
  }

  private static String found(JsonNode organization, ChannelAccount account) {
    String zone = organization.path("timeZone").asText();
    account.verifyZone(zone, "channels.apple_search_ads.organizations[].timezone");
    return "%s, %s, %s"
        .formatted(organization.path("roleNames"), zone, organization.path("currency").asText());
  }

  private HttpUrl.Builder base() {
    return HttpUrl.get(config.baseUrl()).newBuilder().addPathSegments("api/" + config.apiVersion());
  }

  @Override
  public void fetch(FetchRequest request, RawSink sink) {
    AppleAdsReport report = AppleAdsReport.of(request.stream().name());
    if (report.isOfAll()) {
      new Reading(request, report, "").read(sink, false);
      return;
    }
    // which campaigns had anything that day is known from their report only
    Reading campaigns = new Reading(request, AppleAdsReport.CAMPAIGN, "");
    List<String> ids = List.copyOf(campaigns.read((format, facts, body) -> {}, false));
    for (int i = 0; i < ids.size(); i++) {
      new Reading(request, report, ids.get(i)).read(sink, i + 1 < ids.size());
    }
  }

  /** One report, read to its last page. */
  private final class Reading {
    private final FetchRequest request;
    private final AppleAdsReport report;
    private final String path;
    private final Set<String> seen = new HashSet<>();
    private final Set<String> campaigns = new TreeSet<>();

    Reading(FetchRequest request, AppleAdsReport report, String campaign) {
      this.request = request;
      this.report = report;
      this.path = report.path(campaign);
    }

    /**
     * Gives every page to the sink, but for those that it received before.
     *
     * @param more whether another report of the day follows
     * @return the campaigns that have rows
     */
    Set<String> read(RawSink sink, boolean more) {
      long rows = 0;
      long total = 1;
      for (ReceivedPage page : sink.received()) {
        if (page.facts().get("path").equals(address().encodedPath())) {
          rows += take(page);
          total = Long.parseLong(page.facts().get(TOTAL));
        }
      }
      while (rows < total) {
        try (Download answer = calls.download(call(rows), failures)) {
          JsonNode page = JSON.readTree(answer.file().toFile());
          if (AppleAdsFailures.tellsOfNothing(page)) {
            return campaigns;
          }
          long here = take(page);
          total = page.path("pagination").path("totalResults").asLong();
          if (here == 0 && rows < total) {
            throw overlapping(total);
          }
          store(sink, answer, rows, total, more || rows + here < total);
          rows += here;
        } catch (IOException e) {
          throw new UncheckedIOException(e);
        }
      }
      if (seen.size() < rows) {
        throw overlapping(rows);
      }
      return campaigns;
    }

    private long take(ReceivedPage page) {
      try (InputStream body = page.open()) {
        return take(JSON.readTree(body));
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    /** Remembers the page's rows; returns how many there are. */
    private long take(JsonNode page) {
      JsonNode data = page.path("data");
      JsonNode rows = report.isOfNow() ? data : data.path("reportingDataResponse").path("row");
      for (JsonNode row : rows) {
        JsonNode of = report.isOfNow() ? row : row.path("metadata");
        campaigns.add(of.path("campaignId").asText());
        String rare = of.path("searchTermText").isNull() ? row.toString() : ""; // without its words
        seen.add(
            IDENTITY.stream()
                .map(name -> of.path(name).asText())
                .collect(Collectors.joining("/", "", rare)));
      }
      return rows.size();
    }

    private ChannelException overlapping(long total) {
      return new ChannelException(
          Kind.RETRY,
          "Apple's report %s of %s on %s has %d rows, of which its pages hold %d; run the day again."
              .formatted(path, request.account().id(), request.date(), total, seen.size()));
    }

    private void store(RawSink sink, Download answer, long offset, long total, boolean more)
        throws IOException {
      Map<String, String> facts = new TreeMap<>();
      facts.put("path", address().encodedPath());
      facts.put("offset", "" + offset);
      facts.put(TOTAL, "" + total);
      facts.put("group_by", report.groupBy());
      if (more) {
        facts.put(RawSink.NEXT, "behind " + offset);
      }
      try (InputStream body = Files.newInputStream(answer.file())) {
        sink.page("json", facts, body);
      }
    }

    private HttpUrl address() {
      return base().addPathSegments(path).build();
    }

    private Request call(long offset) {
      Request.Builder call =
          new Request.Builder()
              .header("X-AP-Context", "orgId=" + request.account().id())
              .tag(CallMeter.Counted.class, new CallMeter.Counted(report.call()));
      if (report.isOfNow()) {
        HttpUrl.Builder page = address().newBuilder();
        page.addQueryParameter("offset", "" + offset);
        return call.url(page.addQueryParameter("limit", "" + config.pageLimit()).build()).build();
      }
      ObjectNode body = JSON.createObjectNode();
      String day = request.date().toString();
      body.put("startTime", day).put("endTime", day).put("granularity", "DAILY");
      body.put("timeZone", "ORTZ");
      ObjectNode selector = body.putObject("selector");
      ObjectNode order = selector.putArray("orderBy").addObject();
      order.put("sortOrder", "ASCENDING");
      order.put("field", report.order());
      if (!report.groupBy().isEmpty()) {
        body.putArray("groupBy").add(report.groupBy());
      }
      selector.putArray("conditions");
      selector.putObject("pagination").put("offset", offset).put("limit", config.pageLimit());
      body.put("returnRecordsWithNoMetrics", false);
      body.put("returnRowTotals", false).put("returnGrandTotals", false);
      byte[] bytes = body.toString().getBytes(StandardCharsets.UTF_8);
      return call.url(address()).post(RequestBody.create(bytes, JSON_BODY)).build();
    }
  }
}
