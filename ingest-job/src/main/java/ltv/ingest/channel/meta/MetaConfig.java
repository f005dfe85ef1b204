package ltv.ingest.channel.meta;

import java.net.URI;
import java.time.ZoneId;
import java.util.List;
import java.util.Objects;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import ltv.config.Problems;
import ltv.config.Secret;

/**
 * The channel {@code meta} of a site.
 *
 * @param baseUrl default https://graph.facebook.com
 * @param apiVersion for example v26.0
 * @param accessToken of a system user with ads_read
 * @param appSecret when the app demands proof; absent sends none
 * @param reportMode whether a day is asked for directly or as a report job
 * @param pageLimit rows per page, halved when Meta finds a page too large
 * @param lookbackDays past days that Meta may restate; default 28
 * @param reports what is read of each account; default insights
 * @param accounts ad accounts, without the prefix act_
 */
public record MetaConfig(
    String baseUrl,
    String apiVersion,
    Secret accessToken,
    Secret appSecret,
    ReportMode reportMode,
    Integer pageLimit,
    Integer lookbackDays,
    List<MetaReport> reports,
    List<Account> accounts) {
  private static final int DEFAULT_PAGE_LIMIT = 100;
  private static final int SETTLED_AFTER_DAYS = 28;

  /** How a day's report is asked for. */
  public enum ReportMode {
    SYNC,
    ASYNC
  }

  /** An ad account and the zone that Meta keeps its days in. */
  public record Account(String id, ZoneId timezone) {
    public Account {
      new Problems()
          .check(id != null && id.matches("\\d+"), "id", "must be digits, without act_")
          .require("timezone", timezone)
          .throwIfAny();
    }
  }

  public MetaConfig {
    baseUrl = baseUrl == null ? "https://graph.facebook.com" : baseUrl;
    reportMode = reportMode == null ? ReportMode.SYNC : reportMode;
    pageLimit = pageLimit == null ? DEFAULT_PAGE_LIMIT : pageLimit;
    lookbackDays = lookbackDays == null ? SETTLED_AFTER_DAYS : lookbackDays;
    reports =
        reports == null
            ? List.of(MetaReport.INSIGHTS)
            : reports.stream().filter(Objects::nonNull).distinct().toList();
    String owed =
        reports.stream()
            .map(MetaReport::landed)
            .filter(Predicate.not(reports::contains))
            .map(MetaReport::stream)
            .collect(Collectors.joining(", "));
    new Problems()
        .check(isAddress(baseUrl), "base_url", "must be an http or https address without a path")
        .check(
            apiVersion != null && apiVersion.matches("v\\d+\\.\\d+"),
            "api_version",
            "must be a version such as v26.0")
        .require("access_token", accessToken)
        .check(pageLimit > 0, "page_limit", "must be 1 or more, for example 100")
        .check(lookbackDays >= 0, "lookback_days", "must be 0 or more")
        .check(!reports.isEmpty(), "reports", "names no report; the usual one is insights")
        .check(
            owed.isEmpty(),
            "reports",
            "names what is typed from the pages of %1$s; add %1$s".formatted(owed))
        .check(accounts != null && !accounts.isEmpty(), "accounts", "names no account")
        .throwIfAny();
    accounts = List.copyOf(accounts);
  }

  private static boolean isAddress(String text) {
    try {
      URI uri = new URI(text);
      return uri.getHost() != null
          && ("http".equals(uri.getScheme()) || "https".equals(uri.getScheme()));
    } catch (java.net.URISyntaxException e) {
      return false;
    }
  }
}
