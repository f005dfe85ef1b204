package ltv.ingest.channel.naver;

import java.time.Duration;
import java.util.List;
import java.util.Objects;
import ltv.config.Problems;
import ltv.config.Secret;
import okhttp3.HttpUrl;

/**
 * The channel {@code naver_search_ad} of a site.
 *
 * @param baseUrl default https://api.searchad.naver.com
 * @param lookbackDays past days that a daily run reads again; default 3, within which Naver takes
 *     invalid clicks out
 * @param pollInterval time between two looks at a report that is being built; default PT5S
 * @param reports what is read of each customer; default ad, campaign and conversion
 * @param customers advertisers, each with a licence of its own
 */
public record NaverConfig(
    String baseUrl,
    Integer lookbackDays,
    Duration pollInterval,
    List<NaverReport> reports,
    List<Customer> customers) {
  private static final Duration EVERY_FIVE_SECONDS = Duration.ofSeconds(5);
  private static final int CORRECTED_WITHIN_DAYS = 3;

  /** An advertiser, and the licence that its API manager shows. */
  public record Customer(String id, Secret apiKey, Secret secretKey) {
    public Customer {
      new Problems()
          .check(id != null && id.matches("\\d+"), "id", "must be digits, the customer id")
          .require("api_key", apiKey)
          .require("secret_key", secretKey)
          .throwIfAny();
    }
  }

  public NaverConfig {
    baseUrl = baseUrl == null ? "https://api.searchad.naver.com" : baseUrl;
    lookbackDays = lookbackDays == null ? CORRECTED_WITHIN_DAYS : lookbackDays;
    pollInterval = pollInterval == null ? EVERY_FIVE_SECONDS : pollInterval;
    reports =
        reports == null
            ? List.of(NaverReport.AD, NaverReport.CAMPAIGN, NaverReport.CONVERSION)
            : reports.stream().filter(Objects::nonNull).distinct().toList();
    new Problems()
        .check(!pollInterval.isNegative(), "poll_interval", "must not be negative")
        .check(HttpUrl.parse(baseUrl) != null, "base_url", "must be an http or https address")
        .check(lookbackDays >= 0, "lookback_days", "must be 0 or more")
        .check(
            !reports.isEmpty(),
            "reports",
            "names no report; the usual ones are ad, campaign and conversion")
        .check(customers != null && !customers.isEmpty(), "customers", "names no customer")
        .throwIfAny();
    customers = List.copyOf(customers);
  }

  Customer customer(String id) {
    return customers.stream().filter(c -> c.id().equals(id)).findFirst().orElseThrow();
  }
}
