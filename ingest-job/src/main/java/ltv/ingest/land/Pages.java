package ltv.ingest.land;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.DigestOutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import ltv.ingest.channel.FetchRequest;
import ltv.ingest.channel.RawSink;
import ltv.ingest.channel.ReceivedPage;
import ltv.lake.Fingerprint;
import ltv.lake.Storage;

/**
 * The pages of one fetch in its folder; while more are to come, beside a note of those that are
 * there.
 */
final class Pages implements RawSink {
  private final Landing landing;
  private final Storage storage;
  private final FetchRequest request;
  private final Optional<LandedDay> before;
  private final String folder;
  private final int skipped;
  private final Optional<String> rows;
  private final List<LandedPage> stored = new ArrayList<>();
  private final List<LandedPage> received = new ArrayList<>();
  private boolean partial;

  /**
   * Pages in a folder.
   *
   * @param before what was landed of the day before
   * @param skipped pages that lie in the folder and do not count
   * @param rows where JSON pages have their rows
   */
  Pages(
      Landing landing,
      Storage storage,
      FetchRequest request,
      Optional<LandedDay> before,
      int skipped,
      Optional<String> rows) {
    this.landing = landing;
    this.storage = storage;
    this.request = request;
    this.before = before;
    this.folder = landing.folderOf(request);
    this.skipped = skipped;
    this.rows = rows;
  }

  @Override
  public Optional<Map<String, String>> last() {
    return before.filter(day -> !day.pages().isEmpty()).map(day -> day.pages().get(0).facts());
  }

  /** The pages, in order. */
  List<LandedPage> stored() {
    return stored;
  }

  /** Says that what is stored so far was not asked for now. */
  void wereReceived() {
    received.addAll(stored);
  }

  @Override
  public List<ReceivedPage> received() {
    return received.stream().map(this::received).toList();
  }

  @Override
  public List<ReceivedPage> earlier() {
    return landing.newestUntil(request).stream()
        .flatMap(day -> day.pages().stream())
        .map(this::received)
        .toList();
  }

  @Override
  public void keep(ReceivedPage page) {
    stored.add(((Received) page).page);
  }

  private ReceivedPage received(LandedPage page) {
    return new Received(page, landing);
  }

  private record Received(LandedPage page, Landing landing) implements ReceivedPage {
    @Override
    public Map<String, String> facts() {
      return page.facts();
    }

    @Override
    public InputStream open() throws IOException {
      return landing.open(page);
    }
  }

  private String partialLocation() {
    return storage.location(folder + "/" + Landing.PARTIAL);
  }

  private void notePartial() throws IOException {
    Path file = Files.write(storage.newFile(), Landing.bytes(landing.day(request, stored)));
    storage.put(file, partialLocation());
    partial = true;
  }

  /** It is whole now. */
  void forgetPartial() {
    if (partial) {
      storage.delete(partialLocation());
    }
  }

  @Override
  public void page(String format, Map<String, String> facts, InputStream body) throws IOException {
    Path file = storage.newFile();
    Fingerprint sha256 = Fingerprint.start();
    Fingerprint fileSha256 = Fingerprint.start();
    long bytes;
    try (InputStream in = new DigestInputStream(body, sha256.digest());
        OutputStream out =
            new GZIPOutputStream(
                new DigestOutputStream(Files.newOutputStream(file), fileSha256.digest()),
                1 << 16)) {
      bytes = in.transferTo(out);
    }
    String received = sha256.hex();
    store(
        file,
        new LandedPage(
            name(format),
            format,
            received,
            rowsHash(file).orElse(received),
            fileSha256.hex(),
            bytes,
            facts));
  }

  @Override
  public void packedPage(String format, Map<String, String> facts, Path gzip) throws IOException {
    Path file = storage.newFile();
    Fingerprint received = Fingerprint.start();
    long bytes;
    try (InputStream in = Files.newInputStream(gzip);
        OutputStream out = new DigestOutputStream(Files.newOutputStream(file), received.digest())) {
      bytes = in.transferTo(out);
    }
    String sha256 = received.hex();
    store(file, new LandedPage(name(format), format, sha256, sha256, sha256, bytes, facts));
  }

  private String name(String format) {
    return folder + "/page-%06d.%s.gz".formatted(skipped + stored.size() + 1, format);
  }

  private void store(Path file, LandedPage page) throws IOException {
    Optional<LandedPage> same = landing.known(page.content());
    if (same.isPresent()) {
      Files.delete(file);
      stored.add(page.lyingIn(same.get()));
    } else {
      storage.put(file, storage.location(page.file()));
      landing.know(page);
      stored.add(page);
    }
    if (page.facts().containsKey(NEXT)) {
      notePartial();
    }
  }

  private Optional<String> rowsHash(Path file) throws IOException {
    if (rows.isEmpty()) {
      return Optional.empty();
    }
    try (InputStream body = new GZIPInputStream(Files.newInputStream(file))) {
      return RowsHash.of(body, rows.get());
    }
  }
}
