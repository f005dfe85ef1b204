package ltv.ingest.channel.googleads;

import java.time.ZoneId;
import java.util.List;
import java.util.Objects;
import ltv.config.Problems;
import ltv.config.Secret;
import okhttp3.HttpUrl;

/**
 * The channel {@code google_ads} of a site.
 *
 * @param baseUrl default https://googleads.googleapis.com
 * @param tokenUrl where access tokens are issued; default https://oauth2.googleapis.com/token
 * @param apiVersion for example v23; a version lives about a year
 * @param developerToken of the manager account
 * @param clientId of the OAuth client
 * @param clientSecret of the OAuth client
 * @param refreshToken with the scope adwords
 * @param loginCustomerId the manager account through which customers are reached; absent when none
 * @param lookbackDays past days that Google may restate; default 30, the usual conversion window
 * @param reports what is read of each customer; default ad and campaign
 * @param customers accounts that spend
 */
public record GoogleAdsConfig(
    String baseUrl,
    String tokenUrl,
    String apiVersion,
    Secret developerToken,
    String clientId,
    Secret clientSecret,
    Secret refreshToken,
    String loginCustomerId,
    Integer lookbackDays,
    List<GoogleAdsReport> reports,
    List<Customer> customers) {
  private static final int CONVERSION_WINDOW_DAYS = 30;
  private static final String CUSTOMER_ID = "\\d{10}";

  /** A customer and the zone that its reports are in. */
  public record Customer(String id, ZoneId timezone) {
    public Customer {
      new Problems()
          .check(id != null && id.matches(CUSTOMER_ID), "id", "must be ten digits, without dashes")
          .require("timezone", timezone)
          .throwIfAny();
    }
  }

  public GoogleAdsConfig {
    baseUrl = baseUrl == null ? "https://googleads.googleapis.com" : baseUrl;
    tokenUrl = tokenUrl == null ? "https://oauth2.googleapis.com/token" : tokenUrl;
    lookbackDays = lookbackDays == null ? CONVERSION_WINDOW_DAYS : lookbackDays;
    reports =
        reports == null
            ? List.of(GoogleAdsReport.AD, GoogleAdsReport.CAMPAIGN)
            : reports.stream().filter(Objects::nonNull).distinct().toList();
    new Problems()
        .check(HttpUrl.parse(baseUrl) != null, "base_url", "must be an http or https address")
        .check(HttpUrl.parse(tokenUrl) != null, "token_url", "must be an http or https address")
        .check(
            apiVersion != null && apiVersion.matches("v\\d+"),
            "api_version",
            "must be a version such as v23")
        .require("developer_token", developerToken)
        .require("client_id", clientId)
        .require("client_secret", clientSecret)
        .require("refresh_token", refreshToken)
        .check(
            loginCustomerId == null || loginCustomerId.matches(CUSTOMER_ID),
            "login_customer_id",
            "must be ten digits, without dashes")
        .check(lookbackDays >= 0, "lookback_days", "must be 0 or more")
        .check(!reports.isEmpty(), "reports", "names no report; the usual ones are ad and campaign")
        .check(customers != null && !customers.isEmpty(), "customers", "names no customer")
        .throwIfAny();
    customers = List.copyOf(customers);
  }
}
