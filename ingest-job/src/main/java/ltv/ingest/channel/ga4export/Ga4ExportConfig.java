package ltv.ingest.channel.ga4export;

import java.time.ZoneId;
import java.util.List;
import java.util.Objects;
import ltv.config.Problems;
import ltv.config.Secret;
import ltv.ingest.http.ServiceAccount;

/**
 * The channel {@code ga4_export} of a site.
 *
 * @param baseUrl default https://bigquery.googleapis.com
 * @param tokenUrl where access tokens are issued; default what the key file says
 * @param serviceAccount the JSON key file of a service account that may read the tables, as it is
 *     or in Base64; not needed for extracts
 * @param pageLimit rows per page; default 10000
 * @param lookbackDays past days whose tables still change; default 3
 * @param accounts which properties are read
 */
public record Ga4ExportConfig(
    String baseUrl,
    String tokenUrl,
    Secret serviceAccount,
    Integer pageLimit,
    Integer lookbackDays,
    List<Account> accounts) {
  private static final int DEFAULT_ROWS = 10_000;
  private static final int MOVING_DAYS = 3;
  private static final String DATE = "{date}";

  /**
   * A property of Analytics.
   *
   * @param id its number
   * @param timezone as it is set in Analytics; the days of its tables
   * @param project of Google Cloud that holds the export
   * @param dataset in it; default analytics_ and the id
   * @param extract instead of a project: path of files, with {@code {date}} for the day as 20260314
   *     and stars; JSON lines, Avro or Parquet, as their names end
   */
  public record Account(
      String id, ZoneId timezone, String project, String dataset, String extract) {
    public Account {
      dataset = dataset == null ? "analytics_" + id : dataset;
      new Problems()
          .require("id", id)
          .require("timezone", timezone)
          .check((project == null) != (extract == null), "project", "or extract must be given")
          .check(
              extract == null || extract.contains(DATE), "extract", "must have " + DATE + " in it")
          .throwIfAny();
    }
  }

  public Ga4ExportConfig {
    baseUrl = baseUrl == null ? "https://bigquery.googleapis.com" : baseUrl;
    pageLimit = pageLimit == null ? DEFAULT_ROWS : pageLimit;
    lookbackDays = lookbackDays == null ? MOVING_DAYS : lookbackDays;
    boolean called =
        accounts != null && accounts.stream().map(Account::project).anyMatch(Objects::nonNull);
    (called ? ServiceAccount.problems(baseUrl, tokenUrl, serviceAccount) : new Problems())
        .check(pageLimit > 0, "page_limit", "must be 1 or more")
        .check(lookbackDays >= 0, "lookback_days", "must be 0 or more")
        .check(accounts != null && !accounts.isEmpty(), "accounts", "names no property")
        .throwIfAny();
    accounts = List.copyOf(accounts);
  }
}
