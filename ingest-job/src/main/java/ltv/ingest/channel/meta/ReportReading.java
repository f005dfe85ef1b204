package ltv.ingest.channel.meta;

import com.facebook.ads.sdk.APIContext;
import com.facebook.ads.sdk.APIException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import ltv.ingest.channel.ChannelException;
import ltv.ingest.channel.ChannelException.Kind;
import ltv.ingest.channel.meta.MetaConfig.ReportMode;
import ltv.ingest.http.Redaction;
import ltv.ingest.http.Waiting;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads one report of one account's day. A day that Meta finds too large is asked for in smaller
 * pages, then as a report job, then as a job per campaign, and of a campaign per ad set.
 */
final class ReportReading {
  private static final Logger log = LoggerFactory.getLogger(ReportReading.class);
  private static final int SMALLEST_PAGE = 10;

  /** An ad may have conversions on a day long after the day that it ran. */
  private static final int CREDITED_AFTER_DAYS = 28;

  private final APIContext context;
  private final ReportJob jobs;
  private final MetaReport report;
  private final LocalDate day;
  private final LocalDate firstKept;

  /**
   * A reading.
   *
   * @param firstKept the first day that Meta still knows of
   */
  ReportReading(
      APIContext context, Waiting waiting, MetaReport report, LocalDate day, LocalDate firstKept) {
    this.context = context;
    this.jobs = new ReportJob(context, waiting);
    this.report = report;
    this.day = day;
    this.firstKept = firstKept;
  }

  /** One page: of which object, how it was asked for, and the body as received. */
  record Page(String node, ReportMode mode, String body) {}

  /** All pages of the day, or none: a day that fails half-way leaves nothing behind. */
  List<Page> pages(String account, ReportMode mode, int limit) {
    String node = "act_" + account;
    boolean atOnce = mode == ReportMode.SYNC || report.isOfNow();
    List<Page> pages = atOnce ? directly(node, limit) : asJob(node, limit);
    InsightsPages.refuseRepeats(pages.stream().map(Page::body).toList(), report.key());
    return pages;
  }

  private List<Page> directly(String node, int limit) {
    InsightsQuery query = InsightsQuery.of(report, node, day);
    try {
      return inSmallerPages(
              limit, rows -> InsightsPages.follow(query.rows(context, rows).execute()))
          .stream()
          .map(body -> new Page(node, ReportMode.SYNC, body))
          .toList();
    } catch (ChannelException e) {
      if (e.kind() != Kind.SPLIT || report.isOfNow()) {
        throw e.kind() == Kind.SPLIT ? later(e) : e;
      }
      log.info("{} Asking for a report job.", e.getMessage());
      return asJob(node, SMALLEST_PAGE);
    }
  }

  private List<Page> asJob(String account, int limit) {
    return asJob(account, MetaLevel.ACCOUNT, limit);
  }

  private List<Page> asJob(String node, MetaLevel level, int limit) {
    try {
      return job(InsightsQuery.of(report, node, day), limit).stream()
          .map(body -> new Page(node, ReportMode.ASYNC, body))
          .toList();
    } catch (ChannelException e) {
      Optional<MetaLevel> below = level.split(report.level());
      if (e.kind() != Kind.SPLIT || below.isEmpty()) {
        throw e.kind() == Kind.SPLIT ? later(e) : e;
      }
      log.info("{} Asking for each {} by itself.", e.getMessage(), below.get().word());
      List<Page> pages = new ArrayList<>();
      for (String child : children(node, below.get())) {
        pages.addAll(asJob(child, below.get(), SMALLEST_PAGE));
      }
      return pages;
    }
  }

  /** Whatever had rows in the time that may still bring some today. */
  private List<String> children(String node, MetaLevel level) {
    LocalDate since = day.minusDays(CREDITED_AFTER_DAYS);
    InsightsQuery query =
        InsightsQuery.below(node, level, since.isBefore(firstKept) ? firstKept : since, day);
    try {
      List<String> ids = InsightsPages.values(job(query, SMALLEST_PAGE), level.idField());
      if (ids.isEmpty()) {
        throw new ChannelException(
            Kind.RETRY,
            "Meta finds %s too large and names no %s of it; run the day again later."
                .formatted(query, level.word()));
      }
      return ids;
    } catch (ChannelException e) {
      throw e.kind() == Kind.SPLIT ? later(e) : e;
    }
  }

  private static ChannelException later(ChannelException e) {
    return new ChannelException(
        Kind.RETRY, e.getMessage() + " It cannot be made smaller; run the day again later.", e);
  }

  private List<String> job(InsightsQuery query, int limit) {
    String id = understood(() -> jobs.run(query));
    return inSmallerPages(limit, rows -> jobs.pages(id, rows));
  }

  private static List<String> inSmallerPages(int limit, Reading reading) {
    for (int rows = limit; ; rows /= 2) {
      int asked = rows;
      try {
        return understood(() -> reading.pages(asked));
      } catch (ChannelException e) {
        if (e.kind() != Kind.SPLIT || rows / 2 < SMALLEST_PAGE) {
          throw e;
        }
        log.info("Asking for less: {}", e.getMessage());
      }
    }
  }

  @FunctionalInterface
  private interface Reading {
    List<String> pages(int limit) throws APIException;
  }

  @FunctionalInterface
  private interface Call<T> {
    T answer() throws APIException;
  }

  private static <T> T understood(Call<T> call) {
    try {
      return call.answer();
    } catch (APIException e) {
      // without the cause: the SDK puts the whole answer into its message, paging links and all
      String told = Redaction.brief(String.valueOf(e.getMessage()));
      throw new ChannelException(Kind.RETRY, "Meta's answer is not understood: " + told);
    }
  }
}
