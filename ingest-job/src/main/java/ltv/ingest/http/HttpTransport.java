package ltv.ingest.http;

import dev.failsafe.ExecutionContext;
import dev.failsafe.Failsafe;
import dev.failsafe.FailsafeException;
import dev.failsafe.RetryPolicy;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import ltv.ingest.channel.ChannelException;
import ltv.ingest.channel.ChannelException.Kind;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.Response;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Calls a source until it answers, within a budget. A body is downloaded whole to a temporary file
 * before anybody sees it, so a cut-off answer is only a retry.
 */
public final class HttpTransport {
  private static final Logger log = LoggerFactory.getLogger(HttpTransport.class);

  private static final int TRIES = 5;
  private static final Duration FIRST_PAUSE = Duration.ofSeconds(2);
  private static final Duration LONGEST_PAUSE = Duration.ofMinutes(2);
  private static final int JUDGED_CHARACTERS = 1 << 16;

  /** Longer waits belong to the scheduler: the job ends with the moment to come back. */
  private static final Duration LONGEST_STATED_WAIT = Duration.ofMinutes(5);

  /** Several sources stream for minutes; a silent socket is dead long before. */
  private static final Duration SOCKET_SILENCE = Duration.ofSeconds(300);

  private static final long LARGEST_BODY = 4L << 30;

  private final OkHttpClient client;
  private final Waiting waiting;
  private final Clock clock;

  /**
   * A transport.
   *
   * @param clock for turning stated waits into moments
   */
  public HttpTransport(Waiting waiting, Clock clock) {
    this.client =
        new OkHttpClient.Builder()
            .connectTimeout(Duration.ofSeconds(20))
            .readTimeout(SOCKET_SILENCE)
            .retryOnConnectionFailure(false)
            .build();
    this.waiting = waiting;
    this.clock = clock;
  }

  /** Pauses of this transport, for sources that are polled. */
  public Waiting waiting() {
    return waiting;
  }

  /** A whole body on disk, removed by {@link #close}. */
  public record Download(Path file, okhttp3.Headers headers) implements AutoCloseable {
    /** The body as UTF-8 text. */
    public String text() throws IOException {
      return Files.readString(file, StandardCharsets.UTF_8);
    }

    @Override
    public void close() {
      try {
        Files.deleteIfExists(file);
      } catch (IOException e) {
        log.warn("Cannot remove the temporary file {}", file);
      }
    }
  }

  /**
   * Calls and downloads.
   *
   * @throws ChannelException what the last answer meant, when no try succeeded
   */
  public Download download(Request request, Failures failures) {
    RetryPolicy<Download> policy =
        RetryPolicy.<Download>builder()
            .handleIf(e -> e instanceof ChannelException c && c.kind() == Kind.RETRY)
            .withMaxAttempts(TRIES)
            .withDelayFnOn(e -> waiting.pause(wait(e)), ChannelException.class)
            .withMaxDuration(Duration.ofHours(1))
            .build();
    try {
      return Failsafe.with(policy).get(() -> once(request, failures));
    } catch (FailsafeException e) {
      throw e.getCause() instanceof ChannelException c ? c : new IllegalStateException(e);
    }
  }

  /** The source's own wait, else doubling with up to a quarter more, so that twins drift apart. */
  private Duration wait(ExecutionContext<Download> tried) {
    ChannelException e = tried.getLastException();
    int attempt = tried.getAttemptCount();
    Duration doubling = FIRST_PAUSE.multipliedBy(1L << Math.min(attempt - 1, 10));
    Duration bounded = doubling.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : doubling;
    long jitter = (long) (bounded.toMillis() * 0.25 * ((System.nanoTime() & 0xff) / 255.0));
    Duration wanted = e.retryAfter().orElse(bounded.plusMillis(jitter));
    log.info("{} Waiting {} s before try {}", e.getMessage(), wanted.toSeconds(), attempt + 1);
    return wanted;
  }

  private Download once(Request request, Failures failures) {
    Path file = null;
    try (Response response = client.newCall(request).execute()) {
      file = Files.createTempFile("ltv-", ".body");
      try (InputStream in = response.body().byteStream();
          OutputStream out = Files.newOutputStream(file)) {
        copy(in, out, request);
      }
      Optional<ChannelException> failure =
          failures.judge(response.code(), response.headers(), beginning(file));
      if (failure.isPresent()) {
        throw bounded(failure.get());
      }
      return new Download(file, response.headers());
    } catch (IOException e) {
      remove(file);
      throw new ChannelException(
          Kind.RETRY,
          Redaction.of(request.method() + " " + request.url() + " was cut off: " + e) + ".",
          e);
    } catch (ChannelException e) {
      remove(file);
      throw e;
    }
  }

  private static void copy(InputStream in, OutputStream out, Request request) throws IOException {
    byte[] buffer = new byte[1 << 16];
    long total = 0;
    for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
      total += n;
      if (total > LARGEST_BODY) {
        throw new ChannelException(
            Kind.SPLIT,
            Redaction.of(request.url().toString())
                + " answers with more than 4 GiB; ask for less.");
      }
      out.write(buffer, 0, n);
    }
  }

  private ChannelException bounded(ChannelException failure) {
    Optional<Duration> wait = failure.retryAfter();
    return wait.isPresent() && wait.get().compareTo(LONGEST_STATED_WAIT) > 0
        ? ChannelException.waitUntil(clock.instant().plus(wait.get()), failure.getMessage())
        : failure;
  }

  private static String beginning(Path file) throws IOException {
    try (InputStream in = Files.newInputStream(file)) {
      return new String(in.readNBytes(JUDGED_CHARACTERS), StandardCharsets.UTF_8);
    }
  }

  private static void remove(Path file) {
    if (file != null) {
      new Download(file, okhttp3.Headers.of()).close();
    }
  }
}
