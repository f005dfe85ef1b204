package ltv.ingest.channel.ga4export;

import java.nio.file.Path;
import java.time.Clock;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Optional;
import ltv.ingest.channel.ChannelAccount;
import ltv.ingest.channel.ChannelConnector;
import ltv.ingest.channel.ChannelStream;
import ltv.ingest.channel.FetchRequest;
import ltv.ingest.channel.RawSink;
import ltv.ingest.http.CloudFailures;
import ltv.ingest.http.HttpTransport;
import ltv.ingest.http.ServiceAccount;
import ltv.ingest.http.TokenCalls;

/**
 * The daily tables {@code events_YYYYMMDD}, each event as Google exports it. Tables of the running
 * day are not read: they lack what the daily ones have, and are not added to them.
 */
public final class Ga4ExportConnector implements ChannelConnector {
  /** The channel's id. */
  public static final String CHANNEL = "ga4_export";

  private static final String SCOPE = "https://www.googleapis.com/auth/bigquery.readonly";
  private static final String SETTING = "channels.ga4_export.service_account";

  private final Ga4ExportConfig config;
  private final Extracts extracts;
  private final Optional<DayTables> tables;

  /**
   * A connector.
   *
   * @param clock tells from when to when a token is good
   * @param scratch folder for rows on their way; made when missing
   */
  public Ga4ExportConnector(
      Ga4ExportConfig config, HttpTransport transport, Clock clock, Path scratch) {
    this.config = config;
    this.extracts = new Extracts(scratch);
    this.tables =
        Optional.ofNullable(config.serviceAccount())
            .map(key -> ServiceAccount.of(key, config.tokenUrl()))
            .map(account -> tables(account, transport, clock, scratch));
  }

  private DayTables tables(
      ServiceAccount account, HttpTransport transport, Clock clock, Path scratch) {
    TokenCalls calls = account.calls(transport, clock, SCOPE, SETTING);
    CloudFailures failures =
        new CloudFailures(
            "BigQuery",
            account.email(),
            "make it a BigQuery Data Viewer of the dataset (channels.ga4_export.accounts)",
            Optional.of(
                new CloudFailures.Absent(
                    "Not found: Table",
                    "Google has not exported the day yet; its table comes hours after midnight. Run the day again.")),
            clock);
    return new DayTables(config, calls, failures, scratch);
  }

  @Override
  public String channel() {
    return CHANNEL;
  }

  @Override
  public List<ChannelStream> streams() {
    List<ChannelAccount> properties =
        config.accounts().stream().map(p -> new ChannelAccount(p.id(), p.timezone())).toList();
    return List.of(
        new ChannelStream(CHANNEL, "event", config.lookbackDays(), List.of(), properties));
  }

  private Ga4ExportConfig.Account property(ChannelAccount account) {
    return config.accounts().stream()
        .filter(a -> a.id().equals(account.id()))
        .findFirst()
        .orElseThrow();
  }

  @Override
  public void fetch(FetchRequest request, RawSink sink) {
    Ga4ExportConfig.Account property = property(request.account());
    String day = request.date().format(DateTimeFormatter.BASIC_ISO_DATE);
    if (property.extract() == null) {
      tables.orElseThrow().read(property, day, sink);
    } else {
      extracts.read(property.extract().replace("{date}", day), sink);
    }
  }

  @Override
  public String examine(ChannelAccount account) {
    Ga4ExportConfig.Account property = property(account);
    return property.extract() == null
        ? tables.orElseThrow().examine(property)
        : extracts.examine(property.extract());
  }
}
