package ltv.ingest.channel.appsflyer;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.dataformat.csv.CsvFactory;
import com.fasterxml.jackson.dataformat.csv.CsvParser;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.time.Clock;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import ltv.ingest.channel.CallLimit;
import ltv.ingest.channel.ChannelAccount;
import ltv.ingest.channel.ChannelConnector;
import ltv.ingest.channel.ChannelException;
import ltv.ingest.channel.ChannelException.Kind;
import ltv.ingest.channel.ChannelStream;
import ltv.ingest.channel.FetchRequest;
import ltv.ingest.channel.RawSink;
import ltv.ingest.channel.ReceivedPage;
import ltv.ingest.http.CallMeter;
import ltv.ingest.http.HttpTransport;
import ltv.ingest.http.HttpTransport.Download;
import ltv.ingest.land.LandedPage;
import okhttp3.HttpUrl;
import okhttp3.Request;

/**
 * Reports of one app and day. Of raw data AppsFlyer has no paging: a report that has as many rows
 * as were allowed is cut off, and is read again in halves of the day, down to a minute.
 */
public final class AppsFlyerConnector implements ChannelConnector {
  /** The channel's id. */
  public static final String CHANNEL = "appsflyer";

  /** Columns that installs have only when asked: they tell a true install from a stolen one. */
  private static final String DEVICE = "device_model,is_lat,gp_click_time,gp_install_begin";

  /** Columns that the other reports have only when asked. */
  private static final String REASONS = "blocked_reason,rejected_reason,monetization_network";

  private static final String FROM = "from";
  private static final String TO = "to";
  private static final DateTimeFormatter MOMENT =
      DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss");
  private final AppsFlyerConfig config;
  private final HttpTransport transport;
  private final AppsFlyerFailures failures;
  private final AddedUpFigures addedUp;

  /** A connector; {@code clock} tells when a day's call limit ends. */
  public AppsFlyerConnector(AppsFlyerConfig config, HttpTransport transport, Clock clock) {
    this.config = config;
    this.transport = transport;
    this.failures = new AppsFlyerFailures(clock);
    this.addedUp = new AddedUpFigures(config, transport, failures, clock);
  }

  @Override
  public String channel() {
    return CHANNEL;
  }

  @Override
  public List<ChannelStream> streams() {
    List<ChannelAccount> apps =
        config.apps().stream().map(a -> new ChannelAccount(a.id(), a.timezone())).toList();
    return config.reports().stream()
        .map(
            report ->
                new ChannelStream(
                    CHANNEL,
                    report.stream(),
                    report.isAddedUp() ? config.addedUpLookbackDays() : config.lookbackDays(),
                    report.reports(config.otherReports()),
                    apps))
        .toList();
  }

  /** By AppsFlyer's public table; contracts differ. */
  @Override
  public List<CallLimit> limits() {
    return Stream.concat(
            streams().stream()
                .flatMap(stream -> stream.reports().stream())
                .flatMap(AppsFlyerReport::limits),
            AppsFlyerReport.limitsOfAddedUp())
        .toList();
  }

  @Override
  public void fetch(FetchRequest request, RawSink sink) {
    AppsFlyerReport of = AppsFlyerReport.valueOf(request.stream().name().toUpperCase(Locale.ROOT));
    if (of.isAddedUp()) {
      addedUp.fetch(request, of, sink);
      return;
    }
    LocalDateTime from = request.date().atStartOfDay();
    LocalDateTime to = request.date().atTime(LocalTime.of(23, 59, 59));
    for (String report : request.stream().reports()) {
      new Reading(request, report, sink).fetch(from, to);
    }
  }

  /** One report of the day, in as many parts as its size asks for. */
  private final class Reading {
    private final FetchRequest request;
    private final String report;
    private final RawSink sink;

    Reading(FetchRequest request, String report, RawSink sink) {
      this.request = request;
      this.report = report;
      this.sink = sink;
    }

    void fetch(LocalDateTime from, LocalDateTime to) {
      Optional<Map<String, String>> received = receivedWithin(from, to);
      if (received.isEmpty()) {
        ask(from, to);
      } else if (!received.get().get(TO).equals(MOMENT.format(to))) {
        split(from, to); // it was too large as a whole
      }
    }

    /** The first part that an earlier fetch stored of this time; a report is a call of its day. */
    private Optional<Map<String, String>> receivedWithin(LocalDateTime from, LocalDateTime to) {
      return sink.received().stream()
          .map(ReceivedPage::facts)
          .filter(facts -> facts.get(LandedPage.REPORT).equals(report))
          .filter(facts -> facts.get(FROM).equals(MOMENT.format(from)))
          .filter(facts -> facts.get(TO).compareTo(MOMENT.format(to)) <= 0)
          .findFirst();
    }

    private void ask(LocalDateTime from, LocalDateTime to) {
      HttpUrl url = address(from, to);
      Request call =
          new Request.Builder()
              .url(url)
              .header("Authorization", "Bearer " + config.apiToken().reveal())
              .tag(CallMeter.Counted.class, new CallMeter.Counted(report))
              .build();
      try (Download answer = transport.download(call, failures)) {
        long rows = rows(answer, request, report);
        if (rows < config.maximumRows()) {
          store(url, from, to, rows, answer);
          return;
        }
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
      split(from, to);
    }

    private HttpUrl address(LocalDateTime from, LocalDateTime to) {
      HttpUrl.Builder address = HttpUrl.get(config.baseUrl()).newBuilder();
      if (AppsFlyerReport.OTHERS.contains(report)) {
        address.addQueryParameter("additional_fields", REASONS);
      } else if (request.stream().name().equals(AppsFlyerReport.INSTALLS.stream())) {
        address.addQueryParameter("additional_fields", DEVICE);
      }
      return address
          .addPathSegments("api/raw-data/export/app")
          .addPathSegment(request.account().id())
          .addPathSegment(report)
          .addPathSegment("v5")
          .addQueryParameter(FROM, MOMENT.format(from))
          .addQueryParameter(TO, MOMENT.format(to))
          .addQueryParameter("timezone", request.account().zone().getId())
          .addQueryParameter("currency", "preferred")
          .addQueryParameter("maximum_rows", "" + config.maximumRows())
          .build();
    }

    private void store(
        HttpUrl url, LocalDateTime from, LocalDateTime to, long rows, Download answer)
        throws IOException {
      Map<String, String> facts = new TreeMap<>();
      facts.put("path", url.encodedPath());
      facts.put("query", "" + url.query());
      facts.put("rows", "" + rows);
      facts.put(LandedPage.REPORT, report);
      facts.put(FROM, MOMENT.format(from));
      facts.put(TO, MOMENT.format(to));
      List<String> reports = request.stream().reports();
      boolean last = report.equals(reports.get(reports.size() - 1)) && isDaysEnd(to);
      if (!last) {
        facts.put(RawSink.NEXT, "behind " + MOMENT.format(to));
      }
      try (InputStream body = Files.newInputStream(answer.file())) {
        sink.page("csv", facts, body);
      }
    }

    private boolean isDaysEnd(LocalDateTime moment) {
      return moment.plusSeconds(1).equals(request.date().plusDays(1).atStartOfDay());
    }

    private void split(LocalDateTime from, LocalDateTime to) {
      long seconds = ChronoUnit.SECONDS.between(from, to) + 1;
      if (seconds <= 60) {
        throw new ChannelException(
            Kind.SPLIT,
            "AppsFlyer cuts "
                + report
                + " of "
                + request.account().id()
                + " at "
                + config.maximumRows()
                + " rows even for the minute of "
                + MOMENT.format(from)
                + "; raise channels.appsflyer.maximum_rows.");
      }
      LocalDateTime middle = from.plusSeconds(seconds / 2);
      fetch(from, middle.minusSeconds(1));
      fetch(middle, to);
    }
  }

  /** Rows after the header, counted by a real CSV reader: values hold line breaks. */
  static long rows(Download answer, FetchRequest request, String report) throws IOException {
    long lines = 0;
    try (CsvParser parser = new CsvFactory().createParser(answer.file().toFile())) {
      while (parser.nextToken() != null) {
        if (parser.currentToken() == JsonToken.START_ARRAY) {
          lines++;
        }
      }
    } catch (JsonProcessingException e) {
      throw new ChannelException(
          Kind.BAD_FILE,
          "AppsFlyer's "
              + report
              + " of "
              + request.account().id()
              + " on "
              + request.date()
              + " is no whole CSV: "
              + e.getOriginalMessage()
              + ". Nothing of the day was committed; a rerun uses another of the day's calls.",
          e);
    }
    return Math.max(lines - 1, 0);
  }
}
