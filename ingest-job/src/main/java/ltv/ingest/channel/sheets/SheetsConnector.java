package ltv.ingest.channel.sheets;

import java.time.Clock;
import java.time.ZoneId;
import java.util.List;
import java.util.stream.Collectors;
import ltv.ingest.channel.ChannelAccount;
import ltv.ingest.channel.ChannelConnector;
import ltv.ingest.channel.ChannelStream;
import ltv.ingest.channel.FetchRequest;
import ltv.ingest.channel.RawSink;
import ltv.ingest.http.HttpTransport;

/**
 * Lists that people keep in Google Sheets. Each day's partition is the list as it was when that day
 * was read, and every run reads anew, since people mend lists. Sixty reads a minute are allowed and
 * a run needs a few: they are not counted.
 */
public final class SheetsConnector implements ChannelConnector {
  /** The channel's id. */
  public static final String CHANNEL = "google_sheets";

  private final SheetsConfig config;
  private final ZoneId zone;
  private final SheetReader reader;

  /**
   * A connector for a site.
   *
   * @param zone of the site: whose day a snapshot is of
   */
  public SheetsConnector(SheetsConfig config, HttpTransport transport, Clock clock, ZoneId zone) {
    this.config = config;
    this.zone = zone;
    this.reader =
        new SheetReader(
            new SheetReader.Access(
                config.baseUrl(),
                config.tokenUrl(),
                config.serviceAccount(),
                "channels.google_sheets.service_account"),
            transport,
            clock);
  }

  @Override
  public String channel() {
    return CHANNEL;
  }

  @Override
  public List<ChannelStream> streams() {
    return config.streams().entrySet().stream()
        .map(
            s ->
                new ChannelStream(
                    CHANNEL,
                    s.getKey(),
                    0,
                    List.of(),
                    List.of(new ChannelAccount(s.getValue().spreadsheetId(), zone))))
        .toList();
  }

  @Override
  public void fetch(FetchRequest request, RawSink sink) {
    SheetsConfig.Tab tab = config.streams().get(request.stream().name());
    reader.read(tab.spreadsheetId(), tab.tab(), sink);
  }

  @Override
  public String examine(ChannelAccount account) {
    return config.streams().values().stream()
        .filter(tab -> tab.spreadsheetId().equals(account.id()))
        .map(tab -> reader.examine(tab.spreadsheetId(), tab.tab()))
        .collect(Collectors.joining("; "));
  }
}
