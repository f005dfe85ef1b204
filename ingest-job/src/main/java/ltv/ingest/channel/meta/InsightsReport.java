package ltv.ingest.channel.meta;

import com.facebook.ads.sdk.APIContext;
import com.facebook.ads.sdk.APIException;
import com.facebook.ads.sdk.APINodeList;
import com.facebook.ads.sdk.AdAccount;
import com.facebook.ads.sdk.AdReportRun;
import com.facebook.ads.sdk.AdsInsights;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import ltv.ingest.channel.ChannelException;
import ltv.ingest.channel.ChannelException.Kind;
import ltv.ingest.http.Waiting;

/**
 * One account's insights of one day, read directly or as a report job.
 *
 * <p>No action breakdowns: asking for them drops or distorts conversions. The unified attribution
 * setting makes the numbers those of Meta's own interface.
 */
final class InsightsReport {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final List<String> FIELDS =
      List.of(
          "account_id",
          "account_currency",
          "campaign_id",
          "campaign_name",
          "adset_id",
          "adset_name",
          "ad_id",
          "ad_name",
          "impressions",
          "clicks",
          "inline_link_clicks",
          "reach",
          "spend",
          "actions",
          "action_values",
          "attribution_setting");
  private static final List<String> WINDOWS = List.of("1d_click", "7d_click", "1d_view");
  private static final Duration FIRST_POLL = Duration.ofSeconds(10);
  private static final Duration LONGEST_POLL = Duration.ofMinutes(5);
  private static final Duration JOB_LIMIT = Duration.ofMinutes(60);
  private static final int JOB_STARTS = 2;

  private final APIContext context;
  private final String account;
  private final LocalDate day;
  private final Waiting waiting;

  InsightsReport(APIContext context, String account, LocalDate day, Waiting waiting) {
    this.context = context;
    this.account = account;
    this.day = day;
    this.waiting = waiting;
  }

  /** Every page's body, asked for directly. */
  List<String> directly(int limit) throws APIException {
    AdAccount.APIRequestGetInsights request =
        new AdAccount("act_" + account, context)
            .getInsights()
            .setLevel("ad")
            .setTimeRange(Map.of("since", day.toString(), "until", day.toString()))
            .setTimeIncrement("1")
            .setUseUnifiedAttributionSetting(true)
            .setLimit((long) limit);
    request.setParam("action_attribution_windows", WINDOWS);
    return follow(request.requestFields(FIELDS).execute());
  }

  /** Every page's body of a report job; a job that fails is started once more. */
  List<String> asJob(int limit) throws APIException {
    for (int start = 1; ; start++) {
      String id = startJob();
      String status = awaitEnd(id);
      if (status.equals("Job Completed")) {
        return follow(
            new AdReportRun(id, context).getInsights().setParam("limit", limit).execute());
      }
      if (start == JOB_STARTS) {
        throw new ChannelException(
            Kind.RETRY,
            "Meta's report job for act_"
                + account
                + " on "
                + day
                + " ended twice with '"
                + status
                + "'; run the day again later.");
      }
    }
  }

  private String startJob() throws APIException {
    AdReportRun run =
        new AdAccount("act_" + account, context)
            .getInsightsAsync()
            .setLevel("ad")
            .setParam("time_range", "{\"since\":\"" + day + "\",\"until\":\"" + day + "\"}")
            .setParam("time_increment", "1")
            .setParam("use_unified_attribution_setting", true)
            .setParam("action_attribution_windows", WINDOWS)
            .setParam("fields", String.join(",", FIELDS))
            .execute();
    // the SDK answers null to an empty list, and fails in getId() where there is none
    String id = run == null ? null : run.getFieldId();
    if (id == null) {
      throw new ChannelException(Kind.RETRY, "Meta started no report job for act_" + account + ".");
    }
    return id;
  }

  /** The last status: completed, failed, skipped, or stuck when the time limit has passed. */
  private String awaitEnd(String id) throws APIException {
    Duration waited = Duration.ZERO;
    Duration pause = FIRST_POLL;
    while (waited.compareTo(JOB_LIMIT) < 0) {
      AdReportRun run =
          new AdReportRun(id, context)
              .get()
              .requestField("async_status")
              .requestField("async_percent_completion")
              .execute();
      String told = run == null ? null : run.getFieldAsyncStatus();
      String status = Objects.requireNonNullElse(told, "no status");
      boolean whole = run != null && Long.valueOf(100).equals(run.getFieldAsyncPercentCompletion());
      if (status.equals("Job Completed") ? whole : !status.startsWith("Job ") || ended(status)) {
        return status;
      }
      waiting.now(pause);
      waited = waited.plus(pause);
      pause =
          pause.multipliedBy(2).compareTo(LONGEST_POLL) > 0 ? LONGEST_POLL : pause.multipliedBy(2);
    }
    return "stuck after " + JOB_LIMIT.toMinutes() + " minutes";
  }

  private static boolean ended(String status) {
    return status.equals("Job Failed") || status.equals("Job Skipped");
  }

  /** Follows {@code paging.next}; {@code cursors.after} is there on the last page too. */
  private static List<String> follow(APINodeList<AdsInsights> first) throws APIException {
    List<String> bodies = new ArrayList<>();
    for (APINodeList<AdsInsights> page = first; ; page = page.nextPage()) {
      String body = page.getRawResponse();
      bodies.add(body);
      if (!hasNext(body)) {
        return bodies;
      }
    }
  }

  private static boolean hasNext(String body) {
    try {
      JsonNode root = JSON.readTree(body);
      if (!root.path("data").isArray()) {
        throw new ChannelException(Kind.RETRY, "Meta's answer has no array data.");
      }
      return root.path("paging").hasNonNull("next");
    } catch (JsonProcessingException e) {
      throw new ChannelException(Kind.RETRY, "Meta's answer is cut off.", e);
    }
  }
}
