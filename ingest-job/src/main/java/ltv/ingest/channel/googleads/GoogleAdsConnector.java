package ltv.ingest.channel.googleads;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.time.Clock;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import ltv.config.Secret;
import ltv.ingest.channel.ChannelAccount;
import ltv.ingest.channel.ChannelConnector;
import ltv.ingest.channel.ChannelStream;
import ltv.ingest.channel.FetchRequest;
import ltv.ingest.channel.RawSink;
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

  private static final String OF_THE_CUSTOMER =
      "customer.id, customer.currency_code, customer.time_zone, ";
  private static final String OF_THE_CAMPAIGN =
      "campaign.id, campaign.name, campaign.status, campaign.advertising_channel_type, ";
  private static final String NUMBERS =
      "segments.date, metrics.impressions, metrics.clicks, metrics.cost_micros, metrics.conversions,"
          + " metrics.conversions_value, metrics.all_conversions, metrics.all_conversions_value,"
          + " metrics.view_through_conversions";

  /**
   * What is selected, and from what, by stream. Every segment more would become part of the key.
   */
  private static final Map<String, String> REPORTS =
      Map.of(
          "campaign",
          OF_THE_CUSTOMER + OF_THE_CAMPAIGN + NUMBERS + " FROM campaign",
          "ad",
          OF_THE_CUSTOMER
              + OF_THE_CAMPAIGN
              + "ad_group.id, ad_group.name, ad_group_ad.ad.id, ad_group_ad.ad.name, "
              + NUMBERS
              + " FROM ad_group_ad");

  private final GoogleAdsConfig config;
  private final TokenCalls calls;
  private final GoogleAdsFailures failures = new GoogleAdsFailures();

  /** A connector; {@code clock} tells when a token ends. */
  public GoogleAdsConnector(GoogleAdsConfig config, HttpTransport transport, Clock clock) {
    this.config = config;
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
    return REPORTS.keySet().stream()
        .sorted()
        .map(
            stream ->
                new ChannelStream(
                    CHANNEL, stream, config.lookbackDays(), List.of("searchStream"), customers))
        .toList();
  }

  @Override
  public void fetch(FetchRequest request, RawSink sink) {
    String query = query(request.stream().name(), request.date());
    Request call = call(request.account().id(), query);
    try (Download answer = calls.download(call, failures);
        InputStream body = Files.newInputStream(answer.file())) {
      sink.page("json", Map.of("path", call.url().encodedPath(), "query", query), body);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String query(String stream, LocalDate day) {
    return "SELECT %s WHERE segments.date BETWEEN '%s' AND '%s'"
        .formatted(REPORTS.get(stream), day, day);
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
