package ltv.ingest.channel.meta;

import com.facebook.ads.sdk.APIContext;
import com.facebook.ads.sdk.APIException;
import com.facebook.ads.sdk.APINodeList;
import com.facebook.ads.sdk.AdReportRun;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import ltv.ingest.channel.ChannelException;
import ltv.ingest.channel.ChannelException.Kind;
import ltv.ingest.http.Waiting;

/** A report that Meta makes by itself: started, asked after until it is there, then read. */
final class ReportJob {
  private static final Duration FIRST_POLL = Duration.ofSeconds(10);
  private static final Duration LONGEST_POLL = Duration.ofMinutes(5);
  private static final Duration JOB_LIMIT = Duration.ofMinutes(60);

  /** A job at 0 % for so long has been forgotten. */
  private static final Duration STILL_LIMIT = Duration.ofMinutes(5);

  private static final int JOB_STARTS = 2;

  private final APIContext context;
  private final Waiting waiting;

  ReportJob(APIContext context, Waiting waiting) {
    this.context = context;
    this.waiting = waiting;
  }

  /**
   * Runs a report and returns the job's id; one that fails or stands still is started once more.
   *
   * @throws ChannelException SPLIT when that ends no better: the report may be too large
   */
  String run(InsightsQuery query) throws APIException {
    for (int start = 1; ; start++) {
      String id = start(query);
      String status = awaitEnd(id);
      if (status.equals("Job Completed")) {
        return id;
      }
      if (start == JOB_STARTS) {
        throw new ChannelException(
            Kind.SPLIT, "Meta's report job for " + query + " ended twice with '" + status + "'.");
      }
    }
  }

  /** Every page's body of a job that has run. */
  List<String> pages(String id, int limit) throws APIException {
    return InsightsPages.follow(
        new AdReportRun(id, context).getInsights().setParam("limit", limit).execute());
  }

  private String start(InsightsQuery query) throws APIException {
    // the SDK's head is null for an empty list, and its getId() fails where there is none
    APINodeList<?> answer = (APINodeList<?>) query.job(context).execute();
    String id = answer.head() instanceof AdReportRun run ? run.getFieldId() : null;
    if (id == null) {
      throw new ChannelException(Kind.RETRY, "Meta started no report job for " + query + ".");
    }
    return id;
  }

  /** The last status: completed, failed, skipped, or why it is given up. */
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
      long percent =
          run == null ? 0 : Objects.requireNonNullElse(run.getFieldAsyncPercentCompletion(), 0L);
      boolean completed = status.equals("Job Completed");
      if (completed ? percent == 100 : !status.startsWith("Job ") || ended(status)) {
        return status;
      }
      if (percent == 0 && waited.compareTo(STILL_LIMIT) >= 0) {
        return status + " at 0 % after " + waited.toMinutes() + " minutes";
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
}
