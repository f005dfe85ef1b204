package ltv.ingest.land;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestOutputStream;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import ltv.ingest.type.RowFilter;
import ltv.lake.Fingerprint;
import ltv.lake.Storage;
import ltv.lake.Storage.StoredFile;
import ltv.run.FaultPoint;

/**
 * Takes rows out of everything that a stream has landed, old readings too. A page gets another name
 * with its other bytes; the manifests that name it are written anew in their places; then the old
 * page goes. Killed in between, it does the rest when run again.
 */
public final class LandingErasure {
  private static final int BUFFER = 1 << 16;

  private final Storage storage;
  private final String stream;
  private final Optional<String> rows;
  private final RowFilter filter;
  private final Map<String, Optional<Written>> seen = new HashMap<>();
  private long gone;

  /**
   * Of one stream's landing.
   *
   * @param stream its folder, channel/stream
   * @param rows where JSON pages have their rows
   */
  public LandingErasure(Storage storage, String stream, Optional<String> rows, RowFilter filter) {
    this.storage = storage;
    this.stream = stream;
    this.rows = rows;
    this.filter = filter;
  }

  /** Takes the rows out; nobody may be landing anything. Returns how many there were. */
  public long run() throws IOException {
    String place = storage.location(stream);
    CutOffFetches.remove(storage, place, Instant.MAX);
    Set<String> named = new HashSet<>();
    for (String manifest : storage.find(place, Landing.MANIFEST).stream().sorted().toList()) {
      LandedDay day = LandedDay.read(storage, manifest);
      LandedDay left = day.with(day.pages().stream().map(this::without).toList());
      if (!left.equals(day)) {
        FaultPoint.at("before-manifest-without");
        storage.put(Files.write(storage.newFile(), Landing.bytes(left)), manifest);
      }
      left.pages().forEach(page -> named.add(storage.location(page.file())));
    }
    storage.list(place).stream()
        .map(StoredFile::location)
        .filter(file -> !file.endsWith("/" + Landing.MANIFEST) && !named.contains(file))
        .forEach(storage::delete);
    return gone;
  }

  private LandedPage without(LandedPage page) {
    return seen.computeIfAbsent(page.file(), file -> written(page))
        .map(written -> written.of(page))
        .orElse(page);
  }

  /** What became of a page file, by whatever manifest it is named. */
  private record Written(String sha256, String content, String fileSha256, long without) {
    LandedPage of(LandedPage page) {
      Map<String, String> facts = new TreeMap<>(page.facts());
      facts.computeIfPresent(LandedPage.ROWS, (k, n) -> "" + (Long.parseLong(n) - without));
      String file =
          page.file().replaceFirst("(?<=/page-\\d{6})[^/.]*", "-" + fileSha256.substring(0, 8));
      return new LandedPage(file, page.format(), sha256, content, fileSha256, page.bytes(), facts);
    }
  }

  private Optional<Written> written(LandedPage page) {
    try {
      Path file = storage.newFile();
      Fingerprint text = Fingerprint.start();
      Fingerprint packed = Fingerprint.start();
      long without;
      try (InputStream in = unpacked(storage.local(storage.location(page.file())));
          OutputStream out =
              new DigestOutputStream(
                  new GZIPOutputStream(
                      new DigestOutputStream(Files.newOutputStream(file), packed.digest()), BUFFER),
                  text.digest())) {
        without = filter.copy(page, in, out);
      }
      if (without == 0) {
        Files.delete(file);
        return Optional.empty();
      }
      gone += without;
      String sha256 = text.hex();
      String content = content(file).orElse(sha256);
      Written written = new Written(sha256, content, packed.hex(), without);
      storage.put(file, storage.location(written.of(page).file()));
      return Optional.of(written);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Optional<String> content(Path file) throws IOException {
    if (rows.isEmpty()) {
      return Optional.empty();
    }
    try (InputStream in = unpacked(file)) {
      return RowsHash.of(in, rows.get());
    }
  }

  private static InputStream unpacked(Path file) throws IOException {
    return new GZIPInputStream(Files.newInputStream(file), BUFFER);
  }
}
