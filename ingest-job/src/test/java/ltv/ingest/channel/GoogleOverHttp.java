package ltv.ingest.channel;

import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import ltv.config.Secret;
import ltv.ingest.channel.CollectedPages.Page;
import ltv.ingest.channel.sheets.SheetsOverHttp;
import ltv.ingest.http.FakeApiServer;
import ltv.ingest.http.FakeApiServer.Answer;
import ltv.ingest.http.FakeApiServer.Asked;
import ltv.ingest.http.HttpTransport;
import ltv.ingest.http.RecordedPauses;
import org.junit.jupiter.api.Assertions;

/** A connector with a service account against a scripted interface of Google, for one day. */
public abstract class GoogleOverHttp implements Rehearsal {
  /** What the connector's clock says. */
  public static final Instant NOW = Instant.parse("2026-03-15T22:10:00Z");

  /** Where tokens are issued. */
  public static final String TOKEN = "/token";

  private static final LocalDate DAY = LocalDate.of(2026, 3, 14);

  public final FakeApiServer server = new FakeApiServer();
  public final RecordedPauses pauses = new RecordedPauses();
  public final CollectedPages sink;

  protected GoogleOverHttp(CollectedPages sink) {
    this.sink = sink;
  }

  /** The answer with the nth token. */
  public static Answer token(int n) {
    return Answer.of(200, "{\"access_token\":\"access-%d\",\"expires_in\":3599}".formatted(n));
  }

  /** A connector of a site that reads the scripted server. */
  public abstract ChannelConnector connector();

  protected final Clock clock() {
    return Clock.fixed(NOW, ZoneOffset.UTC);
  }

  protected final HttpTransport transport() {
    return CollectedPages.transport(pauses, clock());
  }

  protected final Secret keyFile() {
    return SheetsOverHttp.keyFile(server.address() + TOKEN);
  }

  @Override
  public void fetch() {
    fetch(connector());
  }

  /** Fetches the day by another connector. */
  public void fetch(ChannelConnector connector) {
    ChannelStream stream = connector.streams().get(0);
    connector.fetch(new FetchRequest(stream, stream.accounts().get(0), DAY), sink);
  }

  /** Fetches, which must fail without telling a token or the key. */
  public ChannelException refused() {
    ChannelException e = Assertions.assertThrows(ChannelException.class, this::fetch);
    for (Throwable told = e; told != null; told = told.getCause()) {
      String message = String.valueOf(told.getMessage());
      Assertions.assertFalse(message.contains("access-") || message.contains("MIIE"), message);
    }
    return e;
  }

  /** What was asked at an address. */
  public List<Asked> asked(String path) {
    return server.asked().stream().filter(a -> a.path().equals(path)).toList();
  }

  @Override
  public FakeApiServer server() {
    return server;
  }

  @Override
  public RecordedPauses pauses() {
    return pauses;
  }

  @Override
  public Instant now() {
    return NOW;
  }

  @Override
  public List<Page> pages() {
    return sink.pages();
  }

  @Override
  public List<String> canaries() {
    return List.of("access-1", "MIIE");
  }

  @Override
  public void close() {
    server.close();
  }
}
