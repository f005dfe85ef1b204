package ltv.ingest.channel.sheets;

import com.google.api.client.json.gson.GsonFactory;
import com.google.api.services.sheets.v4.Sheets;
import com.google.api.services.sheets.v4.model.Sheet;
import com.google.api.services.sheets.v4.model.SheetProperties;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import ltv.config.Secret;
import ltv.ingest.channel.ChannelException;
import ltv.ingest.channel.ChannelException.Kind;
import ltv.ingest.channel.RawSink;
import ltv.ingest.http.HttpTransport;
import ltv.ingest.http.ServiceAccount;
import ltv.ingest.http.TokenCalls;
import okhttp3.HttpUrl;

/**
 * Reads tabs of spreadsheets whole, in windows of rows, each with the header row beside it. A sheet
 * has no history: what it says is asked for once in a run, and is the same for every day of it.
 */
public final class SheetReader {
  /** A few megabytes of ordinary rows; an answer that takes longer than 180 s is cut off. */
  private static final int ROWS_PER_WINDOW = 10_000;

  /** The right to read sheets, and nothing else. */
  static final String SCOPE = "https://www.googleapis.com/auth/spreadsheets.readonly";

  private final Sheets client;
  private final Map<String, List<Window>> read = new HashMap<>();

  /** An answer as it was received. */
  private record Window(Map<String, String> facts, byte[] body) {}

  /**
   * Where sheets are, and who reads them.
   *
   * @param tokenUrl null for what the key file says
   * @param serviceAccount a key file
   * @param setting the setting that holds the key file, named when it is refused
   */
  public record Access(String baseUrl, String tokenUrl, Secret serviceAccount, String setting) {}

  /** A reader; {@code clock} tells from when to when a token is good. */
  public SheetReader(Access access, HttpTransport transport, Clock clock) {
    ServiceAccount account = ServiceAccount.of(access.serviceAccount, access.tokenUrl);
    TokenCalls calls = account.calls(transport, clock, SCOPE, access.setting);
    ClientTransport over = new ClientTransport(calls, new SheetsFailures(account.email()));
    this.client =
        new Sheets.Builder(over, GsonFactory.getDefaultInstance(), null)
            .setRootUrl(HttpUrl.get(access.baseUrl).toString())
            .setApplicationName("ltv")
            .build();
  }

  /**
   * Reads a tab.
   *
   * @throws ChannelException REFUSED when there is no such sheet or tab, or nobody lets us in
   */
  public void read(String spreadsheet, String tab, RawSink sink) {
    try {
      String key = spreadsheet + "/" + tab;
      List<Window> windows = read.get(key);
      if (windows == null) {
        windows = windows(spreadsheet, tab);
        read.put(key, windows);
      }
      for (Window window : windows) {
        sink.page("json", window.facts, new ByteArrayInputStream(window.body));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * How many rows and columns a tab has room for.
   *
   * @throws ChannelException as {@link #read}
   */
  public String examine(String spreadsheet, String tab) {
    try {
      SheetProperties found = find(spreadsheet, tab);
      return "the tab %s has room for %d rows and %d columns"
          .formatted(
              tab,
              found.getGridProperties().getRowCount(),
              found.getGridProperties().getColumnCount());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private SheetProperties find(String spreadsheet, String tab) throws IOException {
    List<Sheet> sheets =
        client
            .spreadsheets()
            .get(spreadsheet)
            .setFields("sheets.properties(title,sheetType,gridProperties(rowCount,columnCount))")
            .execute()
            .getSheets();
    return sheets.stream()
        .map(Sheet::getProperties)
        .filter(p -> tab.equals(p.getTitle()) && "GRID".equals(p.getSheetType()))
        .findFirst()
        .orElseThrow(
            () ->
                new ChannelException(
                    Kind.REFUSED,
                    "The spreadsheet has no tab %s; it has %s. Give the tab's name as it is now."
                        .formatted(
                            tab,
                            sheets.stream()
                                .map(s -> s.getProperties().getTitle())
                                .collect(Collectors.joining(", ")))));
  }

  private List<Window> windows(String spreadsheet, String tab) throws IOException {
    int rows = find(spreadsheet, tab).getGridProperties().getRowCount();
    String quoted = "'" + tab.replace("'", "''") + "'!";
    List<Window> windows = new ArrayList<>();
    for (int first = 2; windows.isEmpty() || first <= rows; first += ROWS_PER_WINDOW) {
      List<String> ranges = new ArrayList<>(List.of(quoted + "1:1"));
      int last = Math.min(rows, first + ROWS_PER_WINDOW - 1);
      if (first <= last) {
        ranges.add(quoted + first + ":" + last);
      }
      try (InputStream body = values(spreadsheet, ranges)) {
        windows.add(
            new Window(
                Map.of("spreadsheet", spreadsheet, "ranges", String.join(", ", ranges)),
                body.readAllBytes()));
      }
    }
    return windows;
  }

  /** Numbers as numbers and dates as days since 1899-12-30: texts depend on the sheet's locale. */
  private InputStream values(String spreadsheet, List<String> ranges) throws IOException {
    return client
        .spreadsheets()
        .values()
        .batchGet(spreadsheet)
        .setRanges(ranges)
        .setMajorDimension("ROWS")
        .setValueRenderOption("UNFORMATTED_VALUE")
        .setDateTimeRenderOption("SERIAL_NUMBER")
        .executeAsInputStream();
  }
}
