package ltv.ingest.channel.file;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.nio.file.attribute.FileTime;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPInputStream;
import ltv.ingest.channel.ChannelAccount;
import ltv.ingest.channel.ChannelConnector;
import ltv.ingest.channel.ChannelException;
import ltv.ingest.channel.ChannelException.Kind;
import ltv.ingest.channel.ChannelStream;
import ltv.ingest.channel.FetchRequest;
import ltv.ingest.channel.RawSink;
import ltv.ingest.land.LandedPage;

/**
 * Reads the drop folder. A file lands as it is; one that ends in {@code .gz} lands as what it
 * holds, which is checked to be whole on the way.
 */
public final class FileConnector implements ChannelConnector {
  /** The channel's id. */
  public static final String CHANNEL = "file";

  private static final String GZIP = ".gz";

  private final FileConfig config;
  private final ZoneId zone;

  /**
   * A connector for a site.
   *
   * @param zone of the days in the files
   */
  public FileConnector(FileConfig config, ZoneId zone) {
    this.config = config;
    this.zone = zone;
  }

  @Override
  public String channel() {
    return CHANNEL;
  }

  @Override
  public List<ChannelStream> streams() {
    List<ChannelAccount> folder = List.of(new ChannelAccount("drop", zone));
    return config.streams().entrySet().stream()
        .map(s -> new ChannelStream(CHANNEL, s.getKey(), s.getValue().lookbackDays(), folder))
        .toList();
  }

  @Override
  public void fetch(FetchRequest request, RawSink sink) {
    FileConfig.Stream stream = config.streams().get(request.stream().name());
    String glob = stream.files().replace(FileConfig.Stream.DATE, request.date().toString());
    List<Path> files = matching(glob);
    if (files.isEmpty()) {
      throw new ChannelException(
          Kind.NOT_READY,
          "the folder "
              + config.dropFolder()
              + " has no file "
              + glob
              + " for "
              + request.date()
              + "; drop it there and run the day again.");
    }
    files.forEach(file -> land(file, sink));
  }

  private List<Path> matching(String glob) {
    if (!Files.isDirectory(config.dropFolder())) {
      return List.of();
    }
    PathMatcher matcher = FileSystems.getDefault().getPathMatcher("glob:" + glob);
    try (var files = Files.list(config.dropFolder())) {
      return files
          .filter(Files::isRegularFile)
          .filter(f -> matcher.matches(f.getFileName()))
          .sorted()
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot list the drop folder " + config.dropFolder(), e);
    }
  }

  private static void land(Path file, RawSink sink) {
    try {
      FileTime before = Files.getLastModifiedTime(file);
      long size = Files.size(file);
      store(file, sink);
      if (!Files.getLastModifiedTime(file).equals(before) || Files.size(file) != size) {
        throw new ChannelException(
            Kind.NOT_READY,
            file + " changed while it was read; run the day again when it is complete.");
      }
    } catch (java.nio.file.NoSuchFileException | java.nio.file.AccessDeniedException e) {
      throw new ChannelException(Kind.NOT_READY, file + " cannot be read; mend its rights.", e);
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot land " + file, e);
    }
  }

  private static void store(Path file, RawSink sink) throws IOException {
    String name = file.getFileName().toString();
    boolean zipped = name.endsWith(GZIP);
    String plain = zipped ? name.substring(0, name.length() - GZIP.length()) : name;
    String format = plain.substring(plain.lastIndexOf('.') + 1);
    Map<String, String> facts = Map.of(LandedPage.SOURCE_FILE, name);
    try (InputStream in = Files.newInputStream(file)) {
      sink.page(format, facts, zipped ? whole(in, file) : in);
    }
  }

  private static InputStream whole(InputStream in, Path file) {
    try {
      return new CheckedGzip(new GZIPInputStream(in, 1 << 16), file);
    } catch (IOException e) {
      throw cutOff(file, e);
    }
  }

  private static ChannelException cutOff(Path file, IOException e) {
    return new ChannelException(
        Kind.BAD_FILE,
        file
            + " is cut off or not gzip ("
            + e.getMessage()
            + "). Nothing of the day was committed; deliver the file again and rerun the day.",
        e);
  }

  /** Turns what {@link GZIPInputStream} says of a broken file into our own words. */
  private static final class CheckedGzip extends java.io.FilterInputStream {
    private final Path file;

    CheckedGzip(InputStream in, Path file) {
      super(in);
      this.file = file;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) {
      try {
        return super.read(bytes, offset, length);
      } catch (IOException e) {
        throw cutOff(file, e);
      }
    }
  }
}
