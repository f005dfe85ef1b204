package ltv.ingest.channel.mixpanel;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.zip.GZIPInputStream;
import ltv.ingest.channel.ChannelException;
import ltv.ingest.channel.ChannelException.Kind;

/**
 * Judges an export: JSON lines, which are counted here since they are too many to be looked at
 * twice. An empty one is a day without events; one that broke off says so in its last line, or does
 * not end its last line.
 */
final class ExportedLines extends MixpanelFailures {
  /** How an export ends that Mixpanel gave up, with HTTP 200. */
  private static final String TERMINATED = "terminated early";

  private static final int BUFFER = 1 << 16;
  private static final int GZIP_MAGIC = 0x1f;

  private final long largestBytes;
  private long lines;
  private long bytes;

  /**
   * For one call.
   *
   * @param largestBytes of an export, unpacked; a larger one is not taken
   */
  ExportedLines(long largestBytes) {
    this.largestBytes = largestBytes;
  }

  /** Lines of the export that was judged last. */
  long lines() {
    return lines;
  }

  /** Its size, unpacked. */
  long bytes() {
    return bytes;
  }

  @Override
  Optional<ChannelException> judgeAnswer(String body) {
    return body.isEmpty() || body.startsWith("{") || body.startsWith(TERMINATED)
        ? Optional.empty() // judged when it is read whole
        : Optional.of(notWhole(body));
  }

  @Override
  public Optional<ChannelException> judgeWhole(Path body) throws IOException {
    lines = 0;
    bytes = 0;
    byte[] buffer = new byte[BUFFER];
    byte[] end = new byte[0];
    try (InputStream in = open(body)) {
      for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
        count(buffer, n);
        end = end(end, buffer, n);
        if (bytes > largestBytes) {
          return Optional.of(
              new ChannelException(
                  Kind.SPLIT,
                  "Mixpanel exports more than %d MiB of the day; leave events out of the export in Mixpanel's settings."
                      .formatted(largestBytes >> 20)));
        }
      }
    }
    String tail = new String(end, StandardCharsets.UTF_8);
    if (tail.strip().endsWith(TERMINATED)) {
      return Optional.of(
          new ChannelException(
              Kind.RETRY, "Mixpanel terminated the export early, by its own word."));
    }
    if (bytes > 0 && !tail.endsWith("\n")) {
      lines++; // the last line may lack its end, but not its brace
      return tail.endsWith("}")
          ? Optional.empty()
          : Optional.of(
              new ChannelException(Kind.RETRY, "Mixpanel's export breaks off within a line."));
    }
    return Optional.empty();
  }

  private static InputStream open(Path body) throws IOException {
    BufferedInputStream in = new BufferedInputStream(Files.newInputStream(body), BUFFER);
    in.mark(1);
    boolean packed = in.read() == GZIP_MAGIC;
    in.reset();
    return packed ? new GZIPInputStream(in, BUFFER) : in;
  }

  private void count(byte[] buffer, int n) {
    bytes += n;
    for (int i = 0; i < n; i++) {
      if (buffer[i] == '\n') {
        lines++;
      }
    }
  }

  /** The last bytes of what came so far. */
  private static byte[] end(byte[] before, byte[] buffer, int n) {
    int wanted = 2 * TERMINATED.length();
    int kept = Math.max(0, Math.min(before.length, wanted - n));
    int taken = Math.min(n, wanted);
    byte[] end = new byte[kept + taken];
    System.arraycopy(before, before.length - kept, end, 0, kept);
    System.arraycopy(buffer, n - taken, end, kept, taken);
    return end;
  }
}
