package ltv.ingest.channel.ga4;

import java.time.ZoneId;
import java.util.List;
import ltv.config.Problems;
import ltv.config.Secret;
import ltv.ingest.http.ServiceAccount;

/**
 * The channel {@code ga4} of a site.
 *
 * @param baseUrl default https://analyticsdata.googleapis.com
 * @param tokenUrl where access tokens are issued; default what the key file says
 * @param apiVersion default v1beta
 * @param serviceAccount the JSON key file of a service account that may view the properties, as it
 *     is or in Base64
 * @param pageLimit rows per page; default 100000
 * @param lookbackDays past days whose figures still move; default 3
 * @param accounts which properties are read
 */
public record Ga4Config(
    String baseUrl,
    String tokenUrl,
    String apiVersion,
    Secret serviceAccount,
    Integer pageLimit,
    Integer lookbackDays,
    List<Account> accounts) {
  private static final int DEFAULT_ROWS = 100_000;
  private static final int MOVING_DAYS = 3;

  /**
   * A property of Analytics.
   *
   * @param id its number
   * @param timezone as it is set in Analytics; the days of its reports
   */
  public record Account(String id, ZoneId timezone) {
    public Account {
      new Problems().require("id", id).require("timezone", timezone).throwIfAny();
    }
  }

  public Ga4Config {
    baseUrl = baseUrl == null ? "https://analyticsdata.googleapis.com" : baseUrl;
    apiVersion = apiVersion == null ? "v1beta" : apiVersion;
    pageLimit = pageLimit == null ? DEFAULT_ROWS : pageLimit;
    lookbackDays = lookbackDays == null ? MOVING_DAYS : lookbackDays;
    ServiceAccount.problems(baseUrl, tokenUrl, serviceAccount)
        .check(pageLimit > 0, "page_limit", "must be 1 or more")
        .check(lookbackDays >= 0, "lookback_days", "must be 0 or more")
        .check(accounts != null && !accounts.isEmpty(), "accounts", "names no property")
        .throwIfAny();
    accounts = List.copyOf(accounts);
  }
}
