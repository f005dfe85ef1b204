package ltv.ingest.http;

import dev.failsafe.ExecutionContext;
import dev.failsafe.Failsafe;
import dev.failsafe.RetryPolicy;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import ltv.ingest.channel.ChannelException;
import ltv.ingest.channel.ChannelException.Kind;
import ltv.run.ExitCode;
import ltv.run.JobException;
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

  /** Longer waits belong to the scheduler: the job ends with the moment to come back. */
  private static final Duration LONGEST_STATED_WAIT = Duration.ofMinutes(5);

  /** Several sources stream for minutes; a silent socket is dead long before. */
  private static final Duration SOCKET_SILENCE = Duration.ofSeconds(300);

  /** What the largest report of the largest site comes to, unpacked. */
  private static final long LARGEST_BODY = 4L << 30;

  private final OkHttpClient client;

  /** For what is posted: a form may hold a token, which no redirect may carry elsewhere. */
  private final OkHttpClient stayingHome;

  private final Waiting waiting;
  private final Clock clock;
  private final Path scratch;
  private final CallMeter meter;
  private final long largestBody;

  /**
   * A transport.
   *
   * @param clock for turning stated waits into moments
   * @param scratch folder for bodies on their way; made when missing
   * @param meter counts every try
   */
  public HttpTransport(Waiting waiting, Clock clock, Path scratch, CallMeter meter) {
    this(waiting, clock, scratch, meter, LARGEST_BODY);
  }

  /**
   * The same for smaller answers.
   *
   * @param largestBody bytes of an answer, unpacked; one that has more is not taken
   */
  public HttpTransport(
      Waiting waiting, Clock clock, Path scratch, CallMeter meter, long largestBody) {
    this.largestBody = largestBody;
    this.client =
        new OkHttpClient.Builder()
            .connectTimeout(Duration.ofSeconds(20))
            .readTimeout(SOCKET_SILENCE)
            .retryOnConnectionFailure(false)
            .followSslRedirects(false)
            .build();
    this.stayingHome = client.newBuilder().followRedirects(false).build();
    this.waiting = waiting;
    this.clock = clock;
    this.scratch = scratch;
    this.meter = meter;
  }

  /** Pauses of this transport, for sources that are polled. */
  public Waiting waiting() {
    return waiting;
  }

  /**
   * Leaves a source alone before it is called again, since an answer that was given asks for it.
   *
   * @param why a sentence, for the log or the failure
   * @throws ChannelException with the moment to come back, when the rest is long
   */
  public void rest(Duration wanted, String why) {
    if (wanted.compareTo(LONGEST_STATED_WAIT) > 0) {
      throw ChannelException.waitUntil(clock.instant().plus(wanted), why);
    }
    log.info("{} Waiting {} s", why, wanted.toSeconds());
    waiting.now(wanted);
  }

  /** A whole body on disk, removed by {@link #close}. */
  public record Download(Path file, okhttp3.Headers headers) implements AutoCloseable {
    /** Whether the body is gzip still: the request asked for that itself. */
    public boolean isPacked() {
      return "gzip".equalsIgnoreCase(headers.get("Content-Encoding"));
    }

    /**
     * The body as UTF-8 text.
     *
     * @throws ChannelException when it is none
     */
    public String text() throws IOException {
      try {
        return Files.readString(file, StandardCharsets.UTF_8);
      } catch (CharacterCodingException e) {
        throw new ChannelException(Kind.RETRY, "The answer is no UTF-8 text.", e);
      }
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
   * @throws JobException with exit 75 when the scratch folder cannot be written
   */
  public Download download(Request request, Failures failures) {
    return download(() -> request, failures);
  }

  /**
   * The same, the request being made anew for each try: some sources want the moment signed.
   *
   * @throws ChannelException what the last answer meant, when no try succeeded
   */
  public Download download(Supplier<Request> request, Failures failures) {
    RetryPolicy<Download> policy =
        RetryPolicy.<Download>builder()
            .handleIf(e -> e instanceof ChannelException c && c.kind() == Kind.RETRY)
            .withMaxAttempts(TRIES)
            .withDelayFnOn(this::pause, ChannelException.class)
            .withMaxDuration(Duration.ofHours(1))
            .build();
    return Failsafe.with(policy).get(() -> once(request.get(), failures));
  }

  /** Failsafe asks for a pause after the last try too. */
  private Duration pause(ExecutionContext<Download> tried) {
    return tried.getAttemptCount() < TRIES ? waiting.pause(wait(tried)) : Duration.ZERO;
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
    meter.call(request);
    Path file = newFile();
    OkHttpClient caller = request.method().equals("GET") ? client : stayingHome;
    try (Response response = caller.newCall(request).execute()) {
      try (InputStream in = response.body().byteStream()) {
        copy(in, file, request);
      }
      Download answer = new Download(file, response.headers());
      Optional<ChannelException> failure =
          failures.judge(response.code(), response.headers(), beginning(answer));
      if (failure.isEmpty()) {
        failure = failures.judgeWhole(file);
      }
      if (failure.isPresent()) {
        throw bounded(failure.get(), RetryAfter.of(response.headers(), clock));
      }
      return answer;
    } catch (IOException e) {
      remove(file);
      throw new ChannelException(
          Kind.RETRY,
          Redaction.of(request.method() + " " + request.url() + " was cut off: " + e) + ".",
          e);
    } catch (JobException e) {
      remove(file);
      throw e;
    }
  }

  private Path newFile() {
    try {
      Files.createDirectories(scratch);
      return Files.createTempFile(scratch, "http-", ".body");
    } catch (IOException e) {
      throw full(e);
    }
  }

  /** A disk of ours that fails is no fault of the source: it must not be retried as one. */
  private JobException full(IOException e) {
    return new JobException(
        ExitCode.CONFLICT,
        "Cannot write to scratch " + scratch + ": " + e + ". Free or mount the disk, run again.",
        e);
  }

  private void copy(InputStream in, Path file, Request request) throws IOException {
    byte[] buffer = new byte[1 << 16];
    long total = 0;
    try (FileChannel out = FileChannel.open(file, StandardOpenOption.WRITE)) {
      for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
        total += n;
        if (total > largestBody) {
          throw new ChannelException(
              Kind.SPLIT,
              Redaction.of(request.url().toString())
                  + " answers with more than "
                  + (largestBody >> 20)
                  + " MiB; ask for less.");
        }
        write(out, ByteBuffer.wrap(buffer, 0, n));
      }
    }
  }

  private void write(FileChannel out, ByteBuffer bytes) {
    try {
      while (bytes.hasRemaining()) {
        out.write(bytes);
      }
    } catch (IOException e) {
      throw full(e);
    }
  }

  /** With the wait that the answer asks for, if the source's table of failures has not read it. */
  private ChannelException bounded(ChannelException failure, Optional<Duration> stated) {
    Optional<Duration> wait =
        Stream.of(failure.retryAfter(), stated).flatMap(Optional::stream).max(Duration::compareTo);
    if (failure.kind() != Kind.RETRY || wait.isEmpty()) {
      return failure;
    }
    return wait.get().compareTo(LONGEST_STATED_WAIT) > 0
        ? ChannelException.waitUntil(clock.instant().plus(wait.get()), failure.getMessage())
        : ChannelException.retryAfter(wait.get(), failure.getMessage());
  }

  private static String beginning(Download answer) throws IOException {
    try (InputStream bytes = Files.newInputStream(answer.file);
        InputStream in = answer.isPacked() ? new GZIPInputStream(bytes) : bytes) {
      return new String(in.readNBytes(Failures.JUDGED_BYTES), StandardCharsets.UTF_8);
    }
  }

  private static void remove(Path file) {
    new Download(file, okhttp3.Headers.of()).close();
  }
}
