package ltv.ingest.channel.naver;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import ltv.ingest.channel.ChannelException;
import ltv.ingest.channel.ChannelException.Kind;
import ltv.ingest.channel.RawSink;
import ltv.ingest.http.Failures;
import ltv.ingest.http.HttpTransport.Download;
import ltv.ingest.http.Waiting;
import okhttp3.HttpUrl;

/** A report that Naver builds aside: ordered, asked for until it is there, downloaded. */
final class ReportJob {
  /** Fact that names the job a page came from. */
  static final String JOB = "report_job";

  private static final Duration LIMIT = Duration.ofMinutes(30);
  private static final Duration UNTIL_AGGREGATED = Duration.ofHours(1);
  private static final int ORDERS = 3;

  private final SignedCalls calls;
  private final HttpUrl base;
  private final Kinds kind;
  private final Waiting waiting;
  private final Duration poll;
  private final Clock clock;

  /** The two kinds of report, and where they are ordered. */
  enum Kinds {
    STAT("stat-reports", "reportJobId"),
    MASTER("master-reports", "id");

    private final String path;
    private final String id;

    Kinds(String path, String id) {
      this.path = path;
      this.id = id;
    }
  }

  ReportJob(
      SignedCalls calls, HttpUrl base, Kinds kind, Waiting waiting, Duration poll, Clock clock) {
    this.calls = calls;
    this.base = base;
    this.kind = kind;
    this.waiting = waiting;
    this.poll = poll;
    this.clock = clock;
  }

  /**
   * Gives the report to the sink; nothing when Naver has no row.
   *
   * @param order the body that orders it
   * @param facts to remember beside the job
   * @return the job, which is still there; empty text when there is none
   */
  String read(String order, Map<String, String> facts, RawSink sink) {
    String status = "";
    for (int n = 1; n <= ORDERS; n++) {
      JsonNode job = built(json(calls.post(jobs().build(), order)));
      String id = job.path(kind.id).asText();
      status = job.path("status").asText();
      switch (status) {
        case "BUILT" -> {
          store(job, facts, sink);
          return id;
        }
        case "NONE" -> {
          delete(id);
          return "";
        }
        case "AGGREGATING" -> {
          delete(id);
          throw ChannelException.waitUntil(
              clock.instant().plus(UNTIL_AGGREGATED),
              "Naver has not added the day up yet (AGGREGATING); run the day again in an hour.");
        }
        default -> delete(id); // ERROR, or CHANGED: its figures were corrected meanwhile
      }
    }
    throw new ChannelException(
        Kind.RETRY,
        "Naver's report "
            + order
            + " ended "
            + ORDERS
            + " times with "
            + status
            + "; run it again later.");
  }

  void delete(String id) {
    calls.delete(jobs().addPathSegment(id).build());
  }

  private HttpUrl.Builder jobs() {
    return base.newBuilder().addPathSegment(kind.path);
  }

  private JsonNode built(JsonNode ordered) {
    JsonNode job = ordered;
    Duration waited = Duration.ZERO;
    while (isUnderWay(job.path("status").asText())) {
      if (waited.compareTo(LIMIT) >= 0) {
        throw new ChannelException(
            Kind.RETRY, "Naver builds report " + job + " for more than 30 minutes; run it again.");
      }
      waiting.now(poll);
      waited = waited.plus(poll);
      job = json(calls.get(jobs().addPathSegment(job.path(kind.id).asText()).build()));
    }
    return job;
  }

  private static boolean isUnderWay(String status) {
    return switch (status) {
      case "REGIST", "WAITING", "RUNNING" -> true;
      case "BUILT", "NONE", "AGGREGATING", "ERROR", "CHANGED" -> false;
      default ->
          throw new ChannelException(
              Kind.RETRY,
              "Naver says of a report that it is '" + status + "', which is no status.");
    };
  }

  private static JsonNode json(Download answer) {
    try (answer) {
      return Failures.json(answer.text());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void store(JsonNode job, Map<String, String> facts, RawSink sink) {
    HttpUrl address = HttpUrl.parse(job.path("downloadUrl").asText());
    boolean home =
        address != null
            && address.scheme().equals(base.scheme())
            && address.host().equals(base.host())
            && address.port() == base.port();
    if (!home) {
      throw new ChannelException(
          Kind.BUG,
          "Naver's download address leads to %s, not to channels.naver_search_ad.base_url %s; it was not followed."
              .formatted(address == null ? "nowhere" : address.host(), base));
    }
    Map<String, String> all = new TreeMap<>(facts);
    all.put(JOB, job.path(kind.id).asText());
    all.put("updated", job.path("updateTm").asText());
    try (Download file = calls.file(address);
        InputStream body = Files.newInputStream(file.file())) {
      sink.page("tsv", all, body);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
