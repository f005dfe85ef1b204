package ltv.ingest.land;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectWriter;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.DigestInputStream;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import ltv.ingest.channel.ChannelConnector;
import ltv.ingest.channel.FetchRequest;
import ltv.ingest.channel.RawSink;
import ltv.lake.Fingerprint;
import ltv.run.ExitCode;
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

  private final Path root;
  private final String runId;
  private final Clock clock;

  /** Files by what they hold, of this run and of the newest earlier read of the same day. */
  private final Map<String, String> known = new HashMap<>();

  /**
   * A landing for one run.
   *
   * @param clock tells when a page was received, for freshness only
   */
  public Landing(Path root, String runId, Clock clock) {
    this.root = root.toAbsolutePath().normalize();
    this.runId = runId;
    this.clock = clock;
  }

  /** The folder that page files are relative to. */
  public Path root() {
    return root;
  }

  /**
   * Fetches and stores one day; a failure leaves no manifest.
   *
   * @throws ltv.ingest.channel.ChannelException what the connector threw
   * @throws JobException with exit 75 when the disk refuses
   */
  public LandedDay land(ChannelConnector connector, FetchRequest request) {
    Path day = dayFolder(request);
    Path folder = day.resolve("run=" + runId);
    try {
      newest(day).ifPresent(d -> d.pages().forEach(p -> known.put(p.sha256(), p.file())));
      Files.createDirectories(folder);
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
      Path written =
          Files.write(folder.resolve(MANIFEST + ".new"), PRETTY.writeValueAsBytes(landed));
      Files.move(written, folder.resolve(MANIFEST), StandardCopyOption.ATOMIC_MOVE);
      return landed;
    } catch (IOException | UncheckedIOException e) {
      throw new JobException(
          ExitCode.CONFLICT,
          "Cannot write the landing " + folder + ": " + e + ". Free or mount the disk, run again.",
          e);
    }
  }

  private Path dayFolder(FetchRequest request) {
    return root.resolve(request.stream().channel())
        .resolve(request.stream().name())
        .resolve("account=" + request.account().id())
        .resolve("date=" + request.date());
  }

  private static Optional<LandedDay> newest(Path day) throws IOException {
    if (!Files.isDirectory(day)) {
      return Optional.empty();
    }
    try (Stream<Path> runs = Files.list(day)) {
      Optional<Path> manifest =
          runs.map(run -> run.resolve(MANIFEST))
              .filter(Files::isRegularFile)
              .max(Comparator.naturalOrder());
      return manifest.isEmpty()
          ? Optional.empty()
          : Optional.of(JSON.readValue(manifest.get().toFile(), LandedDay.class));
    }
  }

  private final class Pages implements RawSink {
    private final Path folder;
    private final List<LandedPage> stored = new ArrayList<>();

    Pages(Path folder) {
      this.folder = folder;
    }

    @Override
    public void page(String format, Map<String, String> facts, InputStream body)
        throws IOException {
      String name = "page-%06d.%s.gz".formatted(stored.size() + 1, format);
      Path file = folder.resolve(name);
      Fingerprint sha256 = Fingerprint.start();
      long bytes;
      try (InputStream in = new DigestInputStream(body, sha256.digest());
          OutputStream out = new GZIPOutputStream(Files.newOutputStream(file), 1 << 16)) {
        bytes = in.transferTo(out);
      }
      String hash = sha256.hex();
      String reference = root.relativize(file).toString();
      String before = known.putIfAbsent(hash, reference);
      if (before != null && Files.isRegularFile(root.resolve(before))) {
        Files.delete(file);
        reference = before;
      } else {
        known.put(hash, reference);
      }
      stored.add(new LandedPage(reference, format, hash, bytes, facts));
    }
  }
}
