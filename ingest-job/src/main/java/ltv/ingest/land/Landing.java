package ltv.ingest.land;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectWriter;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStreamWriter;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import ltv.ingest.channel.ChannelConnector;
import ltv.ingest.channel.ChannelException;
import ltv.ingest.channel.ChannelException.Kind;
import ltv.ingest.channel.FetchRequest;
import ltv.lake.Storage;
import ltv.run.ExitCode;
import ltv.run.FaultPoint;
import ltv.run.JobException;

/**
 * Stores what a channel sends: {@code
 * <channel>/<stream>/account=…/date=…/run=…/page-000001.json.gz} and, when the fetch is whole,
 * {@code _request.json}. A folder without it was cut off and is never read. Rows that came before
 * are not stored twice: the manifest names the file that has them.
 */
public final class Landing {
  static final String MANIFEST = "_request.json";

  /** What a fetch that is not whole has so far. */
  static final String PARTIAL = "_partial.json";

  /** What a source says of a cursor that it does not know any more. */
  private static final Set<Kind> CURSOR_REFUSED = Set.of(Kind.BUG, Kind.RETRY, Kind.SPLIT);

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final ObjectWriter PRETTY = JSON.writerWithDefaultPrettyPrinter();

  private final Storage storage;
  private final String runId;
  private final Clock clock;

  /** Files by what they hold, of this run and of the newest earlier read of the same day. */
  private final Map<String, LandedPage> known = new HashMap<>();

  /** What this run has landed, by its day's folder: run ids of one second are in no order. */
  private final Map<String, LandedDay> landedNow = new HashMap<>();

  /**
   * A landing for one run.
   *
   * @param clock tells when a page was received, for freshness only
   */
  public Landing(Storage storage, String runId, Clock clock) {
    this.storage = storage;
    this.runId = runId;
    this.clock = clock;
  }

  /** What lies there, as the ledger names it. */
  public LandedSources sources() {
    return new LandedSources(storage);
  }

  /** A local file with the bytes of a page. */
  public Path local(LandedPage page) {
    return storage.local(storage.location(page.file()));
  }

  /** A local gzip file with a page as UTF-8 text, removed by whoever asked for it. */
  public Path utf8(LandedPage page, Charset charset) throws IOException {
    Path file = Path.of(storage.newFile() + ".gz");
    try (Reader in = new InputStreamReader(open(page), charset.newDecoder());
        Writer out =
            new OutputStreamWriter(
                new GZIPOutputStream(Files.newOutputStream(file)), StandardCharsets.UTF_8)) {
      in.transferTo(out);
    }
    return file;
  }

  /**
   * Fetches and stores one day; a failure leaves no manifest. What an earlier fetch left that was
   * cut off lately is gone on from.
   *
   * @param last what {@link #last} said of the day: what came again is not stored twice
   * @param rows where JSON pages have their rows, see {@link ltv.ingest.type.RawShape}; without,
   *     pages are the same when their bytes are
   * @throws ltv.ingest.channel.ChannelException what the connector threw
   * @throws JobException with exit 75 when the disk refuses
   */
  public LandedDay land(
      ChannelConnector connector,
      FetchRequest request,
      Optional<LandedDay> last,
      Optional<String> rows) {
    String folder = folderOf(request);
    try {
      storage.makePrivate();
      last.ifPresent(d -> d.pages().forEach(p -> known.put(p.content(), p)));
      Pages pages = fetch(connector, request, last, rows);
      LandedDay landed = day(request, pages.stored());
      FaultPoint.at("after-pages");
      Path manifest = Files.write(storage.newFile(), bytes(landed));
      storage.put(manifest, storage.location(manifest(landed)));
      FaultPoint.at("after-landing");
      pages.forgetPartial();
      landedNow.put(folder(request), landed);
      return landed;
    } catch (ChannelException e) {
      // no manifest will name them: no other day may lean on them
      known.values().removeIf(page -> page.file().startsWith(folder + "/"));
      throw e;
    } catch (IOException | UncheckedIOException e) {
      throw new JobException(
          ExitCode.CONFLICT,
          "Cannot write the landing "
              + storage.location(folder)
              + ": "
              + e
              + ". Free or mount the disk, run again.",
          e);
    }
  }

  /** The file that holds the same already. */
  Optional<LandedPage> known(String content) {
    return Optional.ofNullable(known.get(content))
        .filter(page -> storage.exists(storage.location(page.file())));
  }

  /** Remembers what a file holds. */
  void know(LandedPage page) {
    known.put(page.content(), page);
  }

  private Pages fetch(
      ChannelConnector connector,
      FetchRequest request,
      Optional<LandedDay> last,
      Optional<String> rows)
      throws IOException {
    Pages pages = new Pages(this, storage, request, last, 0, rows);
    List<LandedPage> left = new CutOffFetches(storage, clock).of(folder(request));
    for (LandedPage page : left) {
      try (InputStream body = open(page)) {
        pages.page(page.format(), page.facts(), body);
      }
    }
    pages.wereReceived();
    try {
      connector.fetch(request, pages);
    } catch (ChannelException e) {
      if (left.isEmpty() || !CURSOR_REFUSED.contains(e.kind())) {
        throw e;
      }
      pages = new Pages(this, storage, request, last, pages.stored().size(), rows);
      connector.fetch(request, pages);
    }
    return pages;
  }

  LandedDay day(FetchRequest request, List<LandedPage> pages) {
    return new LandedDay(
        request.stream().channel(),
        request.stream().name(),
        request.account().id(),
        request.account().zone().getId(),
        request.date().toString(),
        runId,
        clock.instant().toString(),
        pages);
  }

  InputStream open(LandedPage page) throws IOException {
    return new GZIPInputStream(Files.newInputStream(local(page)));
  }

  /** Where this run stores a day. */
  String folderOf(FetchRequest request) {
    return folder(request) + "/run=" + runId;
  }

  private static String folder(FetchRequest request) {
    return LandedDay.folder(
        request.stream().channel(),
        request.stream().landedAs(),
        request.account().id(),
        request.date().toString());
  }

  /**
   * What was landed last of this account's day, by any run; empty when it was never read whole. For
   * a stream that types another one's pages, that one's.
   */
  public Optional<LandedDay> last(FetchRequest request) {
    String day = folder(request);
    if (landedNow.containsKey(day)) {
      return Optional.of(landedNow.get(day));
    }
    return read(storage.find(storage.location(day), MANIFEST).stream());
  }

  /**
   * What was landed last of this account, of this day or an earlier one; empty when a page of it is
   * there no more.
   */
  Optional<LandedDay> newestUntil(FetchRequest request) {
    String account = storage.location(folder(request)).replaceFirst("/date=[^/]*$", "");
    String end = "/date=" + request.date() + "0"; // behind every run of the day
    return read(storage.find(account, MANIFEST).stream()
            .filter(m -> m.substring(account.length()).compareTo(end) < 0))
        .filter(d -> d.pages().stream().allMatch(p -> storage.exists(storage.location(p.file()))));
  }

  static String manifest(LandedDay day) {
    return day.folder() + "/" + MANIFEST;
  }

  static byte[] bytes(LandedDay day) {
    try {
      return PRETTY.writeValueAsBytes(day);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("A manifest is plain data", e);
    }
  }

  /** The newest of these manifests, which lie in the order of their names. */
  private Optional<LandedDay> read(Stream<String> manifests) {
    Optional<String> newest = manifests.max(Comparator.naturalOrder());
    try {
      return newest.isEmpty()
          ? Optional.empty()
          : Optional.of(LandedDay.read(storage, newest.get()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
