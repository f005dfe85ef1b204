package ltv.ingest.channel.meta;

import com.facebook.ads.sdk.APIContext;
import com.facebook.ads.sdk.APIException;
import com.facebook.ads.sdk.APIRequest;
import com.facebook.ads.sdk.AdAccount;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import ltv.ingest.channel.ChannelAccount;
import ltv.ingest.channel.ChannelConnector;
import ltv.ingest.channel.ChannelException;
import ltv.ingest.channel.ChannelException.Kind;
import ltv.ingest.channel.ChannelStream;
import ltv.ingest.channel.FetchRequest;
import ltv.ingest.channel.RawSink;
import ltv.ingest.channel.meta.ReportReading.Page;
import ltv.ingest.http.HttpTransport;
import ltv.ingest.http.Redaction;
import okhttp3.HttpUrl;

/**
 * Insights of one account and day, by the site's reports. Bodies land as received, but for the
 * token in their paging links.
 */
public final class MetaConnector implements ChannelConnector {
  /** The channel's id. */
  public static final String CHANNEL = "meta";

  /** Of 37 months, whatever their lengths. */
  private static final int KEPT_DAYS = 1123;

  private final MetaConfig config;
  private final APIContext context;
  private final HttpTransport transport;
  private final Clock clock;

  /**
   * A connector; the SDK's executor is of the process and set here, its crash reporter stays off.
   *
   * @param clock tells which days Meta still keeps
   */
  public MetaConnector(MetaConfig config, HttpTransport transport, Clock clock) {
    this.config = config;
    this.transport = transport;
    this.clock = clock;
    APIRequest.changeRequestExecutor(
        new SdkExecutor(transport, HttpUrl.get(config.baseUrl()), config.accessToken()));
    this.context =
        quietly(
            () ->
                new APIContext(
                    config.baseUrl(),
                    config.baseUrl(),
                    config.apiVersion(),
                    config.accessToken().reveal(),
                    config.appSecret() == null ? null : config.appSecret().reveal(),
                    null,
                    false));
  }

  /** The SDK prints to stdout, which belongs to the job's result. */
  private static <T> T quietly(java.util.function.Supplier<T> work) {
    PrintStream out = System.out;
    System.setOut(System.err);
    try {
      return work.get();
    } finally {
      System.setOut(out);
    }
  }

  @Override
  public String channel() {
    return CHANNEL;
  }

  @Override
  public List<ChannelStream> streams() {
    List<ChannelAccount> accounts =
        config.accounts().stream().map(a -> new ChannelAccount(a.id(), a.timezone())).toList();
    return config.reports().stream().map(report -> stream(report, accounts)).toList();
  }

  private ChannelStream stream(MetaReport report, List<ChannelAccount> accounts) {
    MetaReport landed = report.landed();
    if (report.isOfNow()) {
      return ChannelStream.ofNow(CHANNEL, report.stream(), List.of(report.stream()), accounts);
    }
    ChannelStream stream =
        new ChannelStream(
            CHANNEL, landed.stream(), config.lookbackDays(), List.of(landed.stream()), accounts);
    return report == landed ? stream : stream.typedAs(report.stream());
  }

  @Override
  public void fetch(FetchRequest request, RawSink sink) {
    MetaReport report =
        MetaReport.valueOf(request.stream().name().toUpperCase(java.util.Locale.ROOT));
    LocalDate firstKept =
        LocalDate.now(clock.withZone(request.account().zone())).minusDays(KEPT_DAYS);
    if (request.date().isBefore(firstKept)) {
      throw new ChannelException(
          Kind.TOO_OLD,
          "Meta keeps insights for 37 months: of %s there is nothing any more, the first day that can be read is %s."
              .formatted(request.date(), firstKept));
    }
    List<Page> pages =
        new ReportReading(context, transport.waiting(), report, request.date(), firstKept)
            .pages(request.account().id(), config.reportMode(), config.pageLimit());
    try {
      for (int i = 0; i < pages.size(); i++) {
        byte[] body = Redaction.of(pages.get(i).body()).getBytes(StandardCharsets.UTF_8);
        sink.page(
            "json", facts(report, request, pages.get(i), i + 1), new ByteArrayInputStream(body));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public String examine(ChannelAccount account) {
    try {
      AdAccount found =
          new AdAccount("act_" + account.id(), context)
              .get()
              .requestField("name")
              .requestField("currency")
              .requestField("timezone_name")
              .requestField("account_status")
              .execute();
      account.verifyZone(
          String.valueOf(found.getFieldTimezoneName()), "channels.meta.accounts[].timezone");
      return "%s, %s, %s, account_status %d"
          .formatted(
              found.getFieldName(),
              found.getFieldTimezoneName(),
              found.getFieldCurrency(),
              found.getFieldAccountStatus());
    } catch (APIException e) {
      throw new ChannelException(
          Kind.RETRY,
          "Meta's answer is not understood: " + Redaction.brief(String.valueOf(e.getMessage())));
    }
  }

  private Map<String, String> facts(MetaReport report, FetchRequest request, Page page, int n) {
    return Map.of(
        "path", "/" + config.apiVersion() + "/" + page.node() + "/" + report.edge(),
        "level", report.level().word(),
        "breakdowns", String.join(",", report.breakdowns()),
        "day", request.date().toString(),
        "mode", page.mode().name().toLowerCase(java.util.Locale.ROOT),
        "page", "" + n);
  }
}
