package ltv.ingest.channel.mixpanel;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.time.ZoneOffset;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
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
import ltv.ingest.http.Failures;
import ltv.ingest.http.HttpTransport;
import ltv.ingest.http.HttpTransport.Download;
import ltv.ingest.land.LandedPage;
import okhttp3.HttpUrl;
import okhttp3.Request;

/**
 * Mixpanel's raw export, a day and project at a time. An export is one answer without pages; its
 * packed bytes are the page.
 */
public final class MixpanelConnector implements ChannelConnector {
  /** The channel's id. */
  public static final String CHANNEL = "mixpanel";

  /** Where its events land. */
  static final String EVENTS = "src_mixpanel__event";

  private static final int CALLS_AN_HOUR = 60;

  /** What the largest day of the largest site comes to, unpacked. */
  private static final long LARGEST_EXPORT = 64L << 30;

  private final MixpanelConfig config;
  private final HttpTransport transport;
  private final Profiles profiles;

  /** Projects whose zone is as the site says. */
  private final Set<ChannelAccount> known = new HashSet<>();

  /** A connector for a site. */
  public MixpanelConnector(MixpanelConfig config, HttpTransport transport) {
    this.config = config;
    this.transport = transport;
    this.profiles = new Profiles(config, transport);
  }

  @Override
  public String channel() {
    return CHANNEL;
  }

  @Override
  public List<ChannelStream> streams() {
    List<ChannelAccount> projects =
        config.projects().stream().map(p -> new ChannelAccount(p.id(), p.zone())).toList();
    return config.reports().stream()
        .map(
            report ->
                new ChannelStream(
                    CHANNEL,
                    report.stream(),
                    report == MixpanelReport.EVENT ? config.lookbackDays() : 0,
                    List.of(report.api()),
                    projects))
        .toList();
  }

  /** Of a service account, for each of its two interfaces. */
  @Override
  public List<CallLimit> limits() {
    return config.reports().stream()
        .map(r -> new CallLimit(r.api(), CALLS_AN_HOUR, Period.HOUR, ZoneOffset.UTC, true))
        .toList();
  }

  @Override
  public void fetch(FetchRequest request, RawSink sink) {
    if (!known.contains(request.account())) {
      examine(request.account());
      known.add(request.account());
    }
    if (request.stream().name().equals(MixpanelReport.PROFILE.stream())) {
      profiles.fetch(request, sink);
    } else {
      export(request, sink);
    }
  }

  private void export(FetchRequest request, RawSink sink) {
    HttpUrl address =
        HttpUrl.get(config.exportUrl())
            .newBuilder()
            .addPathSegments("api/2.0/export")
            .addQueryParameter("project_id", request.account().id())
            .addQueryParameter("from_date", request.date().toString())
            .addQueryParameter("to_date", request.date().toString())
            .build();
    Request call =
        authorized(address)
            .header("Accept", "text/plain")
            .header("Accept-Encoding", "gzip") // said here, the bytes stay packed
            .tag(CallMeter.Counted.class, new CallMeter.Counted(MixpanelReport.EVENT.api()))
            .build();
    ExportedLines judged = new ExportedLines(LARGEST_EXPORT);
    try (Download answer = transport.download(call, judged)) {
      Map<String, String> facts =
          Map.of(
              "path",
              address.encodedPath(),
              "query",
              "" + address.query(),
              LandedPage.ROWS,
              "" + judged.lines());
      if (answer.isPacked()) {
        sink.packedPage("ndjson", facts, answer.file());
      } else {
        try (InputStream body = Files.newInputStream(answer.file())) {
          sink.page("ndjson", facts, body);
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public String examine(ChannelAccount account) {
    HttpUrl address =
        HttpUrl.get(config.queryUrl()).newBuilder().addPathSegments("api/app/me").build();
    Request call = authorized(address).tag(CallMeter.Counted.class, CallMeter.UNCOUNTED).build();
    try (Download answer = transport.download(call, new MixpanelFailures())) {
      JsonNode projects = Failures.json(answer.text()).path("results").path("projects");
      if (!projects.has(account.id())) {
        throw new ChannelException(
            Kind.REFUSED,
            "The service account has no role in project %s (channels.mixpanel.projects); give it one in Mixpanel."
                .formatted(account.id()));
      }
      return found(projects.path(account.id()), account);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Not every answer tells the zone. */
  private String found(JsonNode project, ChannelAccount account) {
    String zone = project.path("timezone").asText();
    if (zone.isEmpty()) {
      return project.path("name").asText();
    }
    config.projects().stream()
        .filter(p -> p.id().equals(account.id()))
        .forEach(
            p ->
                new ChannelAccount(p.id(), p.timezone())
                    .verifyZone(zone, "channels.mixpanel.projects[].timezone"));
    return project.path("name").asText() + ", " + zone;
  }

  private Request.Builder authorized(HttpUrl address) {
    return new Request.Builder().url(address).header("Authorization", config.authorization());
  }
}
