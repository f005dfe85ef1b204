package ltv.ingest.channel.meta;

import com.facebook.ads.sdk.APIContext;
import com.facebook.ads.sdk.APIRequest;
import com.facebook.ads.sdk.Ad;
import com.facebook.ads.sdk.AdReportRun;
import com.facebook.ads.sdk.AdsInsights;
import com.facebook.ads.sdk.Campaign;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Insights of one object, or the campaigns or ads of one account: an account ({@code act_…}), a
 * campaign or an ad set.
 *
 * <p>No action breakdowns: asking for them drops or distorts conversions. The unified attribution
 * setting makes the numbers those of Meta's own interface.
 *
 * @param node the object
 * @param edge what is asked of it
 * @param until the last day
 * @param parameters all but the page size
 */
record InsightsQuery(String node, String edge, LocalDate until, Map<String, Object> parameters) {
  /** Of campaigns; deleted ones are on no list. */
  private static final List<String> STATES =
      List.of("ACTIVE", "PAUSED", "ARCHIVED", "IN_PROCESS", "WITH_ISSUES");

  private static final List<String> WINDOWS =
      List.of("1d_click", "7d_click", "28d_click", "1d_view");

  /** A day of a report. */
  static InsightsQuery of(MetaReport report, String node, LocalDate day) {
    Map<String, Object> parameters = new TreeMap<>();
    parameters.put("fields", String.join(",", report.fields()));
    if (report.isOfNow()) {
      if (report == MetaReport.CAMPAIGN_SETTING) {
        parameters.put("effective_status", STATES); // else archived ones are left out
      }
      return new InsightsQuery(node, report.edge(), day, parameters);
    }
    parameters.put("level", report.level().word());
    parameters.put("time_range", range(day, day));
    parameters.put("time_increment", "1");
    parameters.put("use_unified_attribution_setting", true);
    if (!report.breakdowns().isEmpty()) {
      parameters.put("breakdowns", String.join(",", report.breakdowns()));
    }
    if (report.hasWindows()) {
      parameters.put("action_attribution_windows", WINDOWS);
    }
    return new InsightsQuery(node, report.edge(), day, parameters);
  }

  /** Which objects below this one have anything in these days: their ids only. */
  static InsightsQuery below(String node, MetaLevel level, LocalDate since, LocalDate until) {
    Map<String, Object> parameters = new TreeMap<>();
    parameters.put("level", level.word());
    parameters.put("time_range", range(since, until));
    parameters.put("fields", level.idField());
    return new InsightsQuery(node, "insights", until, parameters);
  }

  private static String range(LocalDate since, LocalDate until) {
    return "{\"since\":\"" + since + "\",\"until\":\"" + until + "\"}";
  }

  /** The call that answers with rows. */
  APIRequest<?> rows(APIContext context, int limit) {
    APIRequest<?> request =
        switch (edge) {
          case "campaigns" ->
              new APIRequest<>(context, node, "/campaigns", "GET", Campaign.getParser());
          case "ads" -> new APIRequest<>(context, node, "/ads", "GET", Ad.getParser());
          default -> new APIRequest<>(context, node, "/insights", "GET", AdsInsights.getParser());
        };
    parameters.forEach(request::setParam);
    return request.setParam("limit", limit);
  }

  /** The call that starts a report job. */
  APIRequest<AdReportRun> job(APIContext context) {
    APIRequest<AdReportRun> request =
        new APIRequest<>(context, node, "/insights", "POST", AdReportRun.getParser());
    parameters.forEach(request::setParam);
    return request;
  }

  @Override
  public String toString() {
    return node + " on " + until;
  }
}
