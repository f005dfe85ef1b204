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
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import ltv.ingest.channel.CallLimit;
import ltv.ingest.channel.CallLimit.Period;
import ltv.ingest.channel.ChannelAccount;
import ltv.ingest.channel.ChannelConnector;
import ltv.ingest.channel.ChannelException;
import ltv.ingest.channel.ChannelException.Kind;
import ltv.ingest.channel.ChannelStream;
import ltv.ingest.channel.FetchRequest;
import ltv.ingest.channel.RawSink;
import ltv.ingest.http.CallMeter;
import ltv.ingest.http.HttpTransport;
import ltv.ingest.http.HttpTransport.Download;
import okhttp3.HttpUrl;
import okhttp3.Request;

/**
 * Raw-data reports of one app and day. AppsFlyer has no paging: a report that has as many rows as
 * were allowed is cut off, and is read again in halves of the day, down to a minute.
 */
public final class AppsFlyerConnector implements ChannelConnector {
  /** The channel's id. */
  public static final String CHANNEL = "appsflyer";

  private static final DateTimeFormatter MOMENT =
      DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss");
  private static final Map<String, List<String>> REPORTS =
      Map.of(
          "installs", List.of("installs_report", "organic_installs_report"),
          "in_app_events", List.of("in_app_events_report", "organic_in_app_events_report"));

  private final AppsFlyerConfig config;
  private final HttpTransport transport;
  private final AppsFlyerFailures failures;

  /** A connector; {@code clock} tells when a day's call limit ends. */
  public AppsFlyerConnector(AppsFlyerConfig config, HttpTransport transport, Clock clock) {
    this.config = config;
    this.transport = transport;
    this.failures = new AppsFlyerFailures(clock);
  }

  @Override
  public String channel() {
    return CHANNEL;
  }

  @Override
  public List<ChannelStream> streams() {
    List<ChannelAccount> apps =
        config.apps().stream().map(a -> new ChannelAccount(a.id(), a.timezone())).toList();
    return REPORTS.keySet().stream()
        .sorted()
        .map(
            stream ->
                new ChannelStream(
                    CHANNEL, stream, config.lookbackDays(), REPORTS.get(stream), apps))
        .toList();
  }

  /** By AppsFlyer's public table; contracts differ. */
  @Override
  public List<CallLimit> limits() {
    List<CallLimit> limits = new ArrayList<>();
    for (String report : REPORTS.get("installs")) {
      limits.add(new CallLimit(report, 24, Period.DAY, ZoneOffset.UTC, false));
      limits.add(new CallLimit(report, 120, Period.DAY, ZoneOffset.UTC, true));
    }
    for (String report : REPORTS.get("in_app_events")) {
      limits.add(new CallLimit(report, 12, Period.DAY, ZoneOffset.UTC, false));
      limits.add(new CallLimit(report, 60, Period.DAY, ZoneOffset.UTC, true));
    }
    return limits;
  }

  @Override
  public void fetch(FetchRequest request, RawSink sink) {
    LocalDateTime from = request.date().atStartOfDay();
    LocalDateTime to = request.date().atTime(LocalTime.of(23, 59, 59));
    for (String report : REPORTS.get(request.stream().name())) {
      fetch(request, report, from, to, sink);
    }
  }

  private void fetch(
      FetchRequest request, String report, LocalDateTime from, LocalDateTime to, RawSink sink) {
    HttpUrl url =
        HttpUrl.get(config.baseUrl())
            .newBuilder()
            .addPathSegments("api/raw-data/export/app")
            .addPathSegment(request.account().id())
            .addPathSegment(report)
            .addPathSegment("v5")
            .addQueryParameter("from", MOMENT.format(from))
            .addQueryParameter("to", MOMENT.format(to))
            .addQueryParameter("timezone", request.account().zone().getId())
            .addQueryParameter("currency", "preferred")
            .addQueryParameter("maximum_rows", "" + config.maximumRows())
            .build();
    Request call =
        new Request.Builder()
            .url(url)
            .header("Authorization", "Bearer " + config.apiToken().reveal())
            .tag(CallMeter.Counted.class, new CallMeter.Counted(report))
            .build();
    try (Download answer = transport.download(call, failures)) {
      long rows = rows(answer, request, report);
      if (rows < config.maximumRows()) {
        Map<String, String> facts =
            Map.of("path", url.encodedPath(), "query", "" + url.query(), "rows", "" + rows);
        try (InputStream body = Files.newInputStream(answer.file())) {
          sink.page("csv", facts, body);
        }
        return;
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    split(request, report, from, to, sink);
  }

  private void split(
      FetchRequest request, String report, LocalDateTime from, LocalDateTime to, RawSink sink) {
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
    fetch(request, report, from, middle.minusSeconds(1), sink);
    fetch(request, report, middle, to, sink);
  }

  /** Rows after the header, counted by a real CSV reader: values hold line breaks. */
  private static long rows(Download answer, FetchRequest request, String report)
      throws IOException {
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
