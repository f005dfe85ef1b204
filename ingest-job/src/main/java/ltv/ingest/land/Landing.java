package ltv.ingest.land;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectWriter;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.zip.GZIPOutputStream;
import ltv.ingest.channel.ChannelConnector;
import ltv.ingest.channel.FetchRequest;
import ltv.ingest.channel.RawSink;
import ltv.lake.Fingerprint;
import ltv.lake.Storage;
import ltv.run.ExitCode;
import ltv.run.FaultPoint;
import ltv.run.JobException;

/**
 * Stores what a channel sends: {@code
 * <channel>/<stream>/account=…/date=…/run=…/page-000001.json.gz} and, when the fetch is whole,
 * {@code _request.json}. A folder without it was cut off and is never read. Bytes that came before
 * are not stored twice: the manifest names the file that has them.
 */
public final class Landing {
  private static final String MANIFEST = "_request.json";
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final ObjectWriter PRETTY = JSON.writerWithDefaultPrettyPrinter();

  private final Storage storage;
  private final String runId;
  private final Clock clock;

  /** Files by what they hold, of this run and of the newest earlier read of the same day. */
  private final Map<String, String> known = new HashMap<>();

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

  /** A local file with the bytes of a page. */
  public Path local(LandedPage page) {
    return storage.local(storage.location(page.file()));
  }

  /**
   * Fetches and stores one day; a failure leaves no manifest.
   *
   * @throws ltv.ingest.channel.ChannelException what the connector threw
   * @throws JobException with exit 75 when the disk refuses
   */
  public LandedDay land(ChannelConnector connector, FetchRequest request) {
    String day = dayFolder(request);
    String folder = day + "/run=" + runId;
    try {
      newest(day).ifPresent(d -> d.pages().forEach(p -> known.put(p.sha256(), p.file())));
      Pages pages = new Pages(folder);
      connector.fetch(request, pages);
      LandedDay landed =
          new LandedDay(
              request.stream().channel(),
              request.stream().name(),
              request.account().id(),
              request.account().zone().getId(),
              request.date().toString(),
              runId,
              clock.instant().toString(),
              pages.stored);
      FaultPoint.at("after-pages");
      Path manifest = Files.write(storage.newFile(), PRETTY.writeValueAsBytes(landed));
      storage.put(manifest, storage.location(folder + "/" + MANIFEST));
      FaultPoint.at("after-landing");
      return landed;
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

  private static String dayFolder(FetchRequest request) {
    return String.join(
        "/",
        request.stream().channel(),
        request.stream().name(),
        "account=" + request.account().id(),
        "date=" + request.date());
  }

  private Optional<LandedDay> newest(String day) throws IOException {
    Optional<String> manifest =
        storage.find(storage.location(day), MANIFEST).stream().max(Comparator.naturalOrder());
    return manifest.isEmpty()
        ? Optional.empty()
        : Optional.of(JSON.readValue(storage.local(manifest.get()).toFile(), LandedDay.class));
  }

  private final class Pages implements RawSink {
    private final String folder;
    private final List<LandedPage> stored = new ArrayList<>();

    Pages(String folder) {
      this.folder = folder;
    }

    @Override
    public void page(String format, Map<String, String> facts, InputStream body)
        throws IOException {
      String name = folder + "/page-%06d.%s.gz".formatted(stored.size() + 1, format);
      Path file = storage.newFile();
      Fingerprint sha256 = Fingerprint.start();
      long bytes;
      try (InputStream in = new DigestInputStream(body, sha256.digest());
          OutputStream out = new GZIPOutputStream(Files.newOutputStream(file), 1 << 16)) {
        bytes = in.transferTo(out);
      }
      String hash = sha256.hex();
      String before = known.putIfAbsent(hash, name);
      if (before != null && storage.exists(storage.location(before))) {
        Files.delete(file);
        name = before;
      } else {
        storage.put(file, storage.location(name));
        known.put(hash, name);
      }
      stored.add(new LandedPage(name, format, hash, bytes, facts));
    }
  }
}
