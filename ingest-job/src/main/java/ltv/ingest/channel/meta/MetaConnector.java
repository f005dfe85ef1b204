package ltv.ingest.channel.meta;

import com.facebook.ads.sdk.APIContext;
import com.facebook.ads.sdk.APIException;
import com.facebook.ads.sdk.APIRequest;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import ltv.ingest.channel.ChannelAccount;
import ltv.ingest.channel.ChannelConnector;
import ltv.ingest.channel.ChannelException;
import ltv.ingest.channel.ChannelException.Kind;
import ltv.ingest.channel.ChannelStream;
import ltv.ingest.channel.FetchRequest;
import ltv.ingest.channel.RawSink;
import ltv.ingest.channel.meta.MetaConfig.ReportMode;
import ltv.ingest.http.HttpTransport;
import ltv.ingest.http.Redaction;
import okhttp3.HttpUrl;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Ad-level insights of one account and day. A day that Meta finds too large is asked for in smaller
 * pages, then as a report job. Bodies land as received, but for the token in their paging links.
 */
public final class MetaConnector implements ChannelConnector {
  /** The channel's id. */
  public static final String CHANNEL = "meta";

  private static final Logger log = LoggerFactory.getLogger(MetaConnector.class);
  private static final int SMALLEST_PAGE = 10;

  private final MetaConfig config;
  private final APIContext context;
  private final HttpTransport transport;

  /** A connector; the SDK's executor and crash reporter are per process and set here. */
  public MetaConnector(MetaConfig config, HttpTransport transport) {
    this.config = config;
    this.transport = transport;
    APIRequest.changeRequestExecutor(
        new SdkExecutor(transport, HttpUrl.get(config.baseUrl()), config.accessToken()));
    this.context =
        quietly(
            () -> {
              APIContext.disableCrashReport();
              return new APIContext(
                  config.baseUrl(),
                  config.baseUrl(),
                  config.apiVersion(),
                  config.accessToken().reveal(),
                  config.appSecret() == null ? null : config.appSecret().reveal(),
                  null,
                  false);
            });
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
    return List.of(
        new ChannelStream(
            CHANNEL, "insights", config.lookbackDays(), List.of("insights"), accounts));
  }

  @Override
  public void fetch(FetchRequest request, RawSink sink) {
    try {
      List<String> pages = pages(request);
      for (int i = 0; i < pages.size(); i++) {
        byte[] body = Redaction.of(pages.get(i)).getBytes(StandardCharsets.UTF_8);
        sink.page("json", facts(request, i + 1), new ByteArrayInputStream(body));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** All pages of the day, or none: a day that fails half-way leaves nothing behind. */
  private List<String> pages(FetchRequest request) {
    InsightsReport report =
        new InsightsReport(context, request.account().id(), request.date(), transport.waiting());
    if (config.reportMode() == ReportMode.ASYNC) {
      return read(() -> report.asJob(config.pageLimit()));
    }
    for (int limit = config.pageLimit(); ; limit /= 2) {
      int rows = limit;
      try {
        return read(() -> report.directly(rows));
      } catch (ChannelException e) {
        if (e.kind() != Kind.SPLIT) {
          throw e;
        }
        log.info("{} Asking for less.", e.getMessage());
        if (limit / 2 < SMALLEST_PAGE) {
          return read(() -> report.asJob(SMALLEST_PAGE));
        }
      }
    }
  }

  @FunctionalInterface
  private interface Reading {
    List<String> pages() throws APIException;
  }

  private static List<String> read(Reading reading) {
    try {
      return new ArrayList<>(reading.pages());
    } catch (APIException e) {
      // without the cause: the SDK puts the whole answer into its message, paging links and all
      String told = Redaction.brief(String.valueOf(e.getMessage()));
      throw new ChannelException(Kind.RETRY, "Meta's answer is not understood: " + told);
    }
  }

  private Map<String, String> facts(FetchRequest request, int page) {
    return Map.of(
        "path",
        "/" + config.apiVersion() + "/act_" + request.account().id() + "/insights",
        "level",
        "ad",
        "day",
        request.date().toString(),
        "mode",
        config.reportMode().name().toLowerCase(java.util.Locale.ROOT),
        "page",
        "" + page);
  }
}
