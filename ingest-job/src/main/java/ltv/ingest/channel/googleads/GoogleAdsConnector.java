package ltv.ingest.channel.googleads;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.time.Clock;
import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import ltv.config.Secret;
import ltv.ingest.channel.ChannelAccount;
import ltv.ingest.channel.ChannelConnector;
import ltv.ingest.channel.ChannelException;
import ltv.ingest.channel.ChannelException.Kind;
import ltv.ingest.channel.ChannelStream;
import ltv.ingest.channel.FetchRequest;
import ltv.ingest.channel.RawSink;
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
 * One customer's report of one day, as a stream: one call, one operation of the quota, no page
 * tokens that expire. Campaign level is the only one that is complete for cost: Performance Max and
 * other kinds have no ads.
 */
public final class GoogleAdsConnector implements ChannelConnector {
  /** The channel's id. */
  public static final String CHANNEL = "google_ads";

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final MediaType JSON_BODY = MediaType.get("application/json");

  /** Of 37 months, whatever their lengths. */
  private static final int KEPT_DAYS = 1110;

  private final GoogleAdsConfig config;
  private final TokenCalls calls;
  private final Clock clock;
  private final GoogleAdsFailures failures = new GoogleAdsFailures();

  /** A connector; {@code clock} tells when a token ends, and which days Google still keeps. */
  public GoogleAdsConnector(GoogleAdsConfig config, HttpTransport transport, Clock clock) {
    this.config = config;
    this.clock = clock;
    TokenEndpoint tokens =
        new TokenEndpoint(
            transport,
            HttpUrl.get(config.tokenUrl()),
            clock,
            "channels.google_ads.client_id, client_secret and refresh_token");
    this.calls =
        new TokenCalls(
            transport,
            clock,
            () ->
                tokens.ask(
                    Map.of(
                        "grant_type",
                        new Secret("refresh_token"),
                        "client_id",
                        new Secret(config.clientId()),
                        "client_secret",
                        config.clientSecret(),
                        "refresh_token",
                        config.refreshToken())));
  }

  @Override
  public String channel() {
    return CHANNEL;
  }

  @Override
  public List<ChannelStream> streams() {
    List<ChannelAccount> customers =
        config.customers().stream().map(c -> new ChannelAccount(c.id(), c.timezone())).toList();
    return config.reports().stream().map(report -> stream(report, customers)).toList();
  }

  private ChannelStream stream(GoogleAdsReport report, List<ChannelAccount> customers) {
    List<String> calls = List.of("searchStream");
    return report.isOfNow()
        ? ChannelStream.ofNow(CHANNEL, report.stream(), calls, customers)
        : new ChannelStream(CHANNEL, report.stream(), config.lookbackDays(), calls, customers);
  }

  @Override
  public void fetch(FetchRequest request, RawSink sink) {
    refuseTooOld(request);
    String query =
        GoogleAdsReport.valueOf(request.stream().name().toUpperCase(Locale.ROOT))
            .query(request.date());
    Request call = call(request.account().id(), query);
    try (Download answer = calls.download(call, failures);
        InputStream body = Files.newInputStream(answer.file())) {
      sink.page("json", Map.of("path", call.url().encodedPath(), "query", query), body);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public String examine(ChannelAccount account) {
    String query =
        "SELECT customer.id, customer.time_zone, customer.currency_code, customer.status FROM customer";
    try (Download answer = calls.download(call(account.id(), query), failures)) {
      JsonNode customer =
          Failures.json(answer.text()).path(0).path("results").path(0).path("customer");
      String zone = customer.path("timeZone").asText();
      account.verifyZone(zone, "channels.google_ads.customers[].timezone");
      return "%s, %s, %s"
          .formatted(
              customer.path("status").asText(), zone, customer.path("currencyCode").asText());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void refuseTooOld(FetchRequest request) {
    LocalDate firstKept =
        LocalDate.now(clock.withZone(request.account().zone())).minusDays(KEPT_DAYS);
    if (request.date().isBefore(firstKept)) {
      throw new ChannelException(
          Kind.TOO_OLD,
          "Google Ads keeps days for 37 months: of %s there is nothing any more, the first day that can be read is %s."
              .formatted(request.date(), firstKept));
    }
  }

  private Request call(String customer, String query) {
    HttpUrl address =
        HttpUrl.get(config.baseUrl())
            .newBuilder()
            .addPathSegment(config.apiVersion())
            .addPathSegment("customers")
            .addPathSegment(customer)
            .addPathSegment("googleAds:searchStream")
            .build();
    byte[] body =
        JSON.createObjectNode().put("query", query).toString().getBytes(StandardCharsets.UTF_8);
    Request.Builder request =
        new Request.Builder()
            .url(address)
            .header("developer-token", config.developerToken().reveal())
            .post(RequestBody.create(body, JSON_BODY));
    if (config.loginCustomerId() != null) {
      request.header("login-customer-id", config.loginCustomerId());
    }
    return request.build();
  }
}
