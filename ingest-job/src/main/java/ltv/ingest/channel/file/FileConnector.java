package ltv.ingest.channel.file;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.nio.file.attribute.FileTime;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.GZIPInputStream;
import ltv.ingest.channel.ChannelAccount;
import ltv.ingest.channel.ChannelConnector;
import ltv.ingest.channel.ChannelException;
import ltv.ingest.channel.ChannelException.Kind;
import ltv.ingest.channel.ChannelStream;
import ltv.ingest.channel.FetchRequest;
import ltv.ingest.channel.RawSink;
import ltv.ingest.land.LandedPage;
import ltv.lake.Fingerprint;

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
        .map(
            s ->
                new ChannelStream(
                    CHANNEL, s.getKey(), s.getValue().lookbackDays(), List.of(), folder))
        .toList();
  }

  @Override
  public String examine(ChannelAccount account) {
    if (!Files.isDirectory(config.dropFolder())) {
      throw new ChannelException(
          Kind.NOT_READY,
          "the drop folder " + config.dropFolder() + " is not there; make or mount it.");
    }
    return "the drop folder is there";
  }

  @Override
  public void fetch(FetchRequest request, RawSink sink) {
    FileConfig.Stream stream = config.streams().get(request.stream().name());
    String glob = stream.globOf(request.date());
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
    Map<String, Path> landed = new HashMap<>();
    for (Path file : files) {
      Content content = land(file, facts(file, stream, request.date()), sink);
      Path twin = content.rows(stream) == 0 ? null : landed.put(content.sha256(), file);
      if (twin != null) {
        throw new ChannelException(
            Kind.BAD_FILE,
            twin.getFileName()
                + " and "
                + file.getFileName()
                + " in "
                + config.dropFolder()
                + " hold the same lines, which would count twice. Nothing of the day was"
                + " committed; remove one of them and run the day again.");
      }
    }
  }

  private static Map<String, String> facts(Path file, FileConfig.Stream stream, LocalDate day) {
    Map<String, String> facts = new TreeMap<>();
    facts.put(LandedPage.SOURCE_FILE, file.getFileName().toString());
    if (stream.daily()) {
      facts.put(LandedPage.FILE_DAY, day.toString());
    }
    if (stream.charset() != null) {
      facts.put(LandedPage.CHARSET, stream.charset().name());
    }
    return facts;
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

  private static Content land(Path file, Map<String, String> facts, RawSink sink) {
    try {
      FileTime before = Files.getLastModifiedTime(file);
      long size = Files.size(file);
      Content content = store(file, facts, sink);
      if (!Files.getLastModifiedTime(file).equals(before) || Files.size(file) != size) {
        throw new ChannelException(
            Kind.NOT_READY,
            file + " changed while it was read; run the day again when it is complete.");
      }
      return content;
    } catch (java.nio.file.NoSuchFileException | java.nio.file.AccessDeniedException e) {
      throw new ChannelException(Kind.NOT_READY, file + " cannot be read; mend its rights.", e);
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot land " + file, e);
    }
  }

  private static Content store(Path file, Map<String, String> facts, RawSink sink)
      throws IOException {
    String name = file.getFileName().toString();
    boolean zipped = name.endsWith(GZIP);
    String plain = zipped ? name.substring(0, name.length() - GZIP.length()) : name;
    String format = plain.substring(plain.lastIndexOf('.') + 1);
    try (InputStream in = Files.newInputStream(file);
        Content content = new Content(zipped ? whole(in, file) : in)) {
      sink.page(format, facts, content);
      return content;
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

  /** A file's bytes on their way to the landing: what they hash to, and how many lines they are. */
  private static final class Content extends java.io.FilterInputStream {
    private final Fingerprint sha256 = Fingerprint.start();
    private long lines;
    private int last = '\n';

    Content(InputStream in) {
      super(in);
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
      int n = super.read(bytes, offset, length);
      for (int i = offset; i < offset + n; i++) {
        lines += last == '\n' ? 1 : 0;
        last = bytes[i];
      }
      if (n > 0) {
        sha256.digest().update(bytes, offset, n);
      }
      return n;
    }

    /** Lines besides the header; called once, after the last byte. */
    long rows(FileConfig.Stream stream) {
      return lines - (stream.hasHeader() ? 1 : 0);
    }

    String sha256() {
      return sha256.hex();
    }
  }
}
