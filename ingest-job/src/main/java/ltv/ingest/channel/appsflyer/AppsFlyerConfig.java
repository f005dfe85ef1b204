package ltv.ingest.channel.appsflyer;

import java.time.ZoneId;
import java.util.List;
import ltv.config.Problems;
import ltv.config.Secret;

/**
 * The channel {@code appsflyer} of a site.
 *
 * @param baseUrl default https://hq1.appsflyer.com
 * @param apiToken the V2 token
 * @param maximumRows rows at which AppsFlyer cuts a report: 200000 or 1000000; a report of this
 *     size is read again in halves
 * @param lookbackDays past days that may still get late events; default 7
 * @param addedUpLookbackDays past days whose added-up figures still grow; default 90
 * @param reports what is read; default installs and in_app_events
 * @param otherReports raw-data reports of other_events; default all that are known
 * @param apps Android package names and iOS ids, each with the zone set in AppsFlyer
 */
public record AppsFlyerConfig(
    String baseUrl,
    Secret apiToken,
    Integer maximumRows,
    Integer lookbackDays,
    Integer addedUpLookbackDays,
    List<AppsFlyerReport> reports,
    List<String> otherReports,
    List<App> apps) {
  private static final int DEFAULT_ROWS = 200_000;
  private static final int LATE_EVENT_DAYS = 7;
  private static final int GROWING_DAYS = 90;

  /** An app and its zone, which must equal the app's setting in AppsFlyer. */
  public record App(String id, ZoneId timezone) {
    public App {
      new Problems().require("id", id).require("timezone", timezone).throwIfAny();
    }
  }

  public AppsFlyerConfig {
    baseUrl = baseUrl == null ? "https://hq1.appsflyer.com" : baseUrl;
    maximumRows = maximumRows == null ? DEFAULT_ROWS : maximumRows;
    lookbackDays = lookbackDays == null ? LATE_EVENT_DAYS : lookbackDays;
    addedUpLookbackDays = addedUpLookbackDays == null ? GROWING_DAYS : addedUpLookbackDays;
    reports =
        reports == null
            ? List.of(AppsFlyerReport.IN_APP_EVENTS, AppsFlyerReport.INSTALLS)
            : List.copyOf(reports);
    otherReports = otherReports == null ? AppsFlyerReport.OTHERS : List.copyOf(otherReports);
    new Problems()
        .check(!reports.isEmpty(), "reports", "names no report")
        .check(
            !otherReports.isEmpty() && AppsFlyerReport.OTHERS.containsAll(otherReports),
            "other_reports",
            "must be some of " + String.join(", ", AppsFlyerReport.OTHERS))
        .check(
            okhttp3.HttpUrl.parse(baseUrl) != null, "base_url", "must be an http or https address")
        .require("api_token", apiToken)
        .check(maximumRows > 0, "maximum_rows", "must be 1 or more, for example 200000")
        .check(lookbackDays >= 0, "lookback_days", "must be 0 or more")
        .check(addedUpLookbackDays >= 0, "added_up_lookback_days", "must be 0 or more")
        .check(apps != null && !apps.isEmpty(), "apps", "names no app")
        .throwIfAny();
    apps = List.copyOf(apps);
  }
}
