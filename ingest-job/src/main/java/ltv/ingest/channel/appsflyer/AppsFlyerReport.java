package ltv.ingest.channel.appsflyer;

import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import ltv.ingest.channel.CallLimit;
import ltv.ingest.channel.CallLimit.Period;

/**
 * What of AppsFlyer a site reads: a stream of one or more raw-data reports, or added-up figures.
 */
public enum AppsFlyerReport {
  /** Events in the app, paid and organic. */
  IN_APP_EVENTS,
  /** First opens, paid and organic. */
  INSTALLS,
  /** The raw-data reports that {@code other_reports} names, in one shape. */
  OTHER_EVENTS,
  /** What AppsFlyer adds up by install day, media source and campaign, restricted networks too. */
  PARTNERS_BY_DATE,
  /** Revenue of each install day's users by their age, by media source and campaign. */
  COHORT;

  /** Name of the added-up report in addresses and call limits. */
  static final String PARTNERS_REPORT = "partners_by_date_report";

  /** Our name of the cohort report in call limits. */
  static final String COHORT_REPORT = "cohort";

  /** Re-engagement, uninstalls, reinstalls, ad revenue, and what Protect360 finds. */
  static final List<String> OTHERS =
      List.of(
          "installs-retarget",
          "in-app-events-retarget",
          "uninstall_events_report",
          "organic_uninstall_events_report",
          "reinstalls",
          "reinstalls_organic",
          "ad_revenue_raw",
          "ad_revenue_organic_raw",
          "ad-revenue-raw-retarget",
          "blocked_installs_report",
          "detection",
          "blocked_in_app_events_report",
          "fraud-post-inapps");

  private static final int OF_INSTALLS = 24;
  private static final int OF_EVENTS = 12;
  private static final int ALL_APPS = 5;
  private static final int COHORTS_A_MINUTE = 60;

  /** The stream's name. */
  String stream() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** AppsFlyer's names of its reports. */
  List<String> reports(List<String> others) {
    return switch (this) {
      case IN_APP_EVENTS -> List.of("in_app_events_report", "organic_in_app_events_report");
      case INSTALLS -> List.of("installs_report", "organic_installs_report");
      case OTHER_EVENTS -> others;
      // one call answers for a month: what is left of a limit is not shared out by days
      case PARTNERS_BY_DATE, COHORT -> List.of();
    };
  }

  /** Whether its rows are sums, which grow as long as the users of the day do something. */
  boolean isAddedUp() {
    return this == PARTNERS_BY_DATE || this == COHORT;
  }

  /** Limits of the added-up reports; contracts do not change them. */
  static Stream<CallLimit> limitsOfAddedUp() {
    return Stream.of(
        new CallLimit(PARTNERS_REPORT, OF_INSTALLS, Period.DAY, ZoneOffset.UTC, false),
        new CallLimit(PARTNERS_REPORT, ALL_APPS * OF_INSTALLS, Period.DAY, ZoneOffset.UTC, true),
        new CallLimit(COHORT_REPORT, COHORTS_A_MINUTE, Period.MINUTE, ZoneOffset.UTC, true));
  }

  /** By AppsFlyer's public table: a day and app, and five times that for all apps together. */
  static Stream<CallLimit> limits(String report) {
    int calls = report.matches(".*in.?app.*") ? OF_EVENTS : OF_INSTALLS;
    return Stream.of(
        new CallLimit(report, calls, Period.DAY, ZoneOffset.UTC, false),
        new CallLimit(report, ALL_APPS * calls, Period.DAY, ZoneOffset.UTC, true));
  }
}
