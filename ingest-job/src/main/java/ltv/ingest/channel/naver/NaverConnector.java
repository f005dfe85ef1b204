package ltv.ingest.channel.naver;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import ltv.ingest.channel.ChannelAccount;
import ltv.ingest.channel.ChannelConnector;
import ltv.ingest.channel.ChannelException;
import ltv.ingest.channel.ChannelException.Kind;
import ltv.ingest.channel.ChannelStream;
import ltv.ingest.channel.FetchRequest;
import ltv.ingest.channel.RawSink;
import ltv.ingest.channel.naver.ReportJob.Kinds;
import ltv.ingest.http.Failures;
import ltv.ingest.http.HttpTransport;
import ltv.ingest.http.HttpTransport.Download;
import okhttp3.HttpUrl;

/**
 * One customer's reports of one day: cost and conversions as Naver's report jobs give them, and the
 * campaigns and keywords as they are called on the day of the run. The newest job of a day stays
 * with Naver, so that it can say when the figures were corrected; the one before it is deleted.
 */
public final class NaverConnector implements ChannelConnector {
  /** The channel's id. */
  public static final String CHANNEL = "naver_search_ad";

  private static final ZoneId KOREA = ZoneId.of("Asia/Seoul");

  private final NaverConfig config;
  private final HttpTransport transport;
  private final Clock clock;
  private final NaverFailures failures = new NaverFailures();
  private final HttpUrl base;

  /** A connector; every call is signed with the moment that {@code clock} tells. */
  public NaverConnector(NaverConfig config, HttpTransport transport, Clock clock) {
    this.config = config;
    this.transport = transport;
    this.clock = clock;
    this.base = HttpUrl.get(config.baseUrl());
  }

  @Override
  public String channel() {
    return CHANNEL;
  }

  @Override
  public List<ChannelStream> streams() {
    List<ChannelAccount> customers =
        config.customers().stream().map(c -> new ChannelAccount(c.id(), KOREA)).toList();
    return config.reports().stream().map(report -> stream(report, customers)).toList();
  }

  private ChannelStream stream(NaverReport report, List<ChannelAccount> customers) {
    List<String> reports = List.of(report.word());
    return report.kind() == Kinds.MASTER
        ? ChannelStream.ofNow(CHANNEL, report.stream(), reports, customers)
        : new ChannelStream(CHANNEL, report.stream(), config.lookbackDays(), reports, customers);
  }

  @Override
  public void fetch(FetchRequest request, RawSink sink) {
    SignedCalls calls = calls(request.account());
    NaverReport report = NaverReport.of(request.stream().name());
    if (report.kind() == Kinds.MASTER) {
      ReportJob master = job(calls, Kinds.MASTER);
      String item = "{\"item\":\"%s\"}".formatted(report.word());
      String id = master.read(item, Map.of("item", report.word()), sink);
      if (!id.isEmpty()) {
        master.delete(id); // a hundred of them, and no new one is taken
      }
      return;
    }
    String day = DateTimeFormatter.BASIC_ISO_DATE.format(request.date());
    String order = "{\"reportTp\":\"%s\",\"statDt\":\"%s\"}".formatted(report.word(), day);
    ReportJob job = job(calls, Kinds.STAT);
    job.read(order, Map.of("report", report.word(), "day", day), sink);
    sink.last().map(facts -> facts.get(ReportJob.JOB)).ifPresent(job::delete);
  }

  private SignedCalls calls(ChannelAccount account) {
    return new SignedCalls(transport, failures, clock, config.customer(account.id()));
  }

  private ReportJob job(SignedCalls calls, Kinds kind) {
    return new ReportJob(calls, base, kind, transport.waiting(), config.pollInterval(), clock);
  }

  /** Days whose report Naver has corrected since it was built. */
  @Override
  public Map<LocalDate, Instant> restated(ChannelStream stream, ChannelAccount account) {
    Map<LocalDate, Instant> days = new TreeMap<>();
    NaverReport report = NaverReport.of(stream.name());
    if (report.kind() == Kinds.MASTER) {
      return days;
    }
    HttpUrl jobs = base.newBuilder().addPathSegment("stat-reports").build();
    try (Download answer = calls(account).get(jobs)) {
      for (JsonNode job : Failures.json(answer.text())) {
        if (job.path("status").asText().equals("CHANGED")
            && job.path("reportTp").asText().equals(report.word())) {
          days.merge(day(job), changed(job), (a, b) -> a.isAfter(b) ? a : b);
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return days;
  }

  /** {@code 20260314}, or an ISO moment that begins with the day. */
  private static LocalDate day(JsonNode job) {
    String text = job.path("statDt").asText();
    return text.length() == 8
        ? LocalDate.parse(text, DateTimeFormatter.BASIC_ISO_DATE)
        : Instant.parse(text).atZone(KOREA).toLocalDate();
  }

  private static Instant changed(JsonNode job) {
    try {
      return Instant.parse(job.path("updateTm").asText());
    } catch (DateTimeParseException e) {
      throw new ChannelException(
          Kind.BUG, "Naver's updateTm is no moment: " + job.path("updateTm").asText());
    }
  }

  /** A list of campaigns costs no report; it shows that the licence is this customer's. */
  @Override
  public String examine(ChannelAccount account) {
    HttpUrl campaigns = base.newBuilder().addPathSegments("ncc/campaigns").build();
    try (Download answer = calls(account).get(campaigns)) {
      return Failures.json(answer.text()).size() + " campaigns may be read";
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
