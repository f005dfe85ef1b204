package ltv.ingest.channel.adison;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.time.Clock;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import ltv.ingest.channel.ChannelAccount;
import ltv.ingest.channel.ChannelConnector;
import ltv.ingest.channel.ChannelException;
import ltv.ingest.channel.ChannelException.Kind;
import ltv.ingest.channel.ChannelStream;
import ltv.ingest.channel.FetchRequest;
import ltv.ingest.channel.RawSink;
import ltv.ingest.channel.file.FileConfig;
import ltv.ingest.channel.file.FileConnector;
import ltv.ingest.channel.sheets.SheetReader;
import ltv.ingest.http.HttpTransport;
import ltv.ingest.http.HttpTransport.Download;
import ltv.ingest.land.LandedPage;
import ltv.ingest.type.RawShape.Format;
import okhttp3.Request;

/**
 * Adison's report of campaigns by day, in the shape that the advertiser and Adison agreed on: from
 * a folder, a Google Sheet or an address. A report of many days lands whole with each of its days;
 * every run reads it anew, since people mend it.
 */
public final class AdisonConnector implements ChannelConnector {
  /** The channel's id. */
  public static final String CHANNEL = "adison";

  /** The dataset of its one stream. */
  static final String DATASET = "src_adison__report";

  private static final String REPORT = "report";

  /** Rows of campaigns by day are few; more than this is something else. */
  private static final long LARGEST_REPORT = 64L << 20;

  private final AdisonConfig config;
  private final Clock clock;
  private final Map<String, Place> places;

  /** Where an account's report is. */
  private interface Place {
    void read(FetchRequest request, RawSink sink);

    /** Looks whether the report of a day could be read; says in a few words what is there. */
    String examine(LocalDate day);
  }

  /** A connector; {@code clock} tells from when to when a token is good. */
  public AdisonConnector(AdisonConfig config, HttpTransport transport, Clock clock) {
    this.config = config;
    this.clock = clock;
    this.places =
        config.accounts().stream()
            .collect(
                Collectors.toMap(
                    AdisonConfig.Account::id, account -> place(account, transport, clock)));
  }

  private static Place place(AdisonConfig.Account account, HttpTransport transport, Clock clock) {
    if (account.file() != null) {
      return folder(account);
    }
    return account.sheet() != null
        ? sheet(account.sheet(), transport, clock)
        : new Address(account.http(), transport);
  }

  private static Place folder(AdisonConfig.Account account) {
    AdisonConfig.Dropped file = account.file();
    FileConfig.Stream stream =
        new FileConfig.Stream(file.files(), Format.CSV, null, List.of(), null, file.charset());
    FileConnector folder =
        new FileConnector(
            new FileConfig(file.folder(), Map.of(REPORT, stream)), account.timezone());
    Map<String, String> facts = Map.of(LandedPage.SHAPE, Format.CSV.name());
    return new Place() {
      @Override
      public void read(FetchRequest request, RawSink sink) {
        folder.fetch(request, with(facts, sink));
      }

      @Override
      public String examine(LocalDate day) {
        return folder.examine(new ChannelAccount(account.id(), account.timezone()));
      }
    };
  }

  private static Place sheet(AdisonConfig.Tab sheet, HttpTransport transport, Clock clock) {
    SheetReader reader =
        new SheetReader(
            new SheetReader.Access(
                sheet.baseUrl(),
                sheet.tokenUrl(),
                sheet.serviceAccount(),
                "channels.adison.accounts[].sheet.service_account"),
            transport,
            clock);
    return new Place() {
      @Override
      public void read(FetchRequest request, RawSink sink) {
        String tab = of(request.date(), sheet.tab());
        Map<String, String> facts =
            Map.of(LandedPage.SHAPE, Format.SHEET.name(), LandedPage.SOURCE_FILE, tab);
        reader.read(sheet.spreadsheetId(), tab, with(facts, sink));
      }

      @Override
      public String examine(LocalDate day) {
        return reader.examine(sheet.spreadsheetId(), of(day, sheet.tab()));
      }
    };
  }

  private static String of(LocalDate day, String template) {
    return template
        .replace("{date}", day.toString())
        .replace("{month}", YearMonth.from(day).toString());
  }

  /** Adds facts to each page. */
  private static RawSink with(Map<String, String> more, RawSink sink) {
    return (format, facts, body) -> {
      Map<String, String> all = new TreeMap<>(facts);
      all.putAll(more);
      sink.page(format, all, body);
    };
  }

  /** An address, asked once in a run for all days that it answers alike. */
  private static final class Address implements Place {
    private final AdisonConfig.Endpoint endpoint;
    private final HttpTransport transport;
    private final Map<String, byte[]> answers = new HashMap<>();

    Address(AdisonConfig.Endpoint endpoint, HttpTransport transport) {
      this.endpoint = endpoint;
      this.transport = transport;
    }

    @Override
    public void read(FetchRequest request, RawSink sink) {
      String url = of(request.date(), endpoint.url());
      Map<String, String> facts =
          Map.of(
              LandedPage.SHAPE,
              Format.CSV.name(),
              LandedPage.SOURCE_FILE,
              "the report of account " + request.account().id());
      try (InputStream body =
          new ByteArrayInputStream(answers.computeIfAbsent(url, this::answer))) {
        sink.page("csv", facts, body);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    @Override
    public String examine(LocalDate day) {
      return "answers with %d bytes".formatted(answer(of(day, endpoint.url())).length);
    }

    private byte[] answer(String url) {
      Request.Builder call = new Request.Builder().url(url);
      if (endpoint.token() != null) {
        call.header("Authorization", "Bearer " + endpoint.token().reveal());
      }
      try (Download answer = transport.download(call.build(), AdisonFailures.TABLE)) {
        if (Files.size(answer.file()) > LARGEST_REPORT) {
          throw new ChannelException(
              Kind.BAD_FILE,
              "Adison's report has more than 64 MiB; ask for a month or a day with {month} or {date}"
                  + " in channels.adison.accounts[].http.url.");
        }
        return Files.readAllBytes(answer.file());
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
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
    return List.of(new ChannelStream(CHANNEL, REPORT, config.lookbackDays(), List.of(), accounts));
  }

  @Override
  public String examine(ChannelAccount account) {
    LocalDate yesterday = LocalDate.now(clock.withZone(account.zone())).minusDays(1);
    return places.get(account.id()).examine(yesterday);
  }

  @Override
  public void fetch(FetchRequest request, RawSink sink) {
    places.get(request.account().id()).read(request, sink);
  }
}
