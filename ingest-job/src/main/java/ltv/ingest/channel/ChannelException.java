package ltv.ingest.channel;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import ltv.run.ExitCode;
import ltv.run.JobException;

/** A day that could not be read whole, classified so that the scheduler knows what to do. */
public final class ChannelException extends JobException {
  private static final long serialVersionUID = 1L;

  /** What the failure asks for. */
  public enum Kind {
    /** A passing fault; the retry budget is spent. */
    RETRY(ExitCode.UNAVAILABLE),
    /** A call limit; nothing helps before a stated moment. */
    WAIT_UNTIL(ExitCode.UNAVAILABLE),
    /** The request is too large; asking for less may work. */
    SPLIT(ExitCode.UNAVAILABLE),
    /** The bytes arrived but are not what was announced: cut off, wrong header, not readable. */
    BAD_FILE(ExitCode.HELD),
    /** The file of the day is not there yet. */
    NOT_READY(ExitCode.NOT_READY),
    /** The source keeps nothing of a day so long ago: other days can be read. */
    TOO_OLD(ExitCode.USAGE),
    /** Token, permission or account id is refused. */
    REFUSED(ExitCode.REFUSED),
    /** The access token is refused; one issued anew may be taken. */
    STALE_TOKEN(ExitCode.REFUSED),
    /** The request itself is wrong. */
    BUG(ExitCode.BUG);

    private final ExitCode exitCode;

    Kind(ExitCode exitCode) {
      this.exitCode = exitCode;
    }
  }

  private final Kind kind;
  private final Instant until;
  private final Duration retryAfter;

  public ChannelException(Kind kind, String message) {
    this(kind, message, null);
  }

  public ChannelException(Kind kind, String message, Throwable cause) {
    super(kind.exitCode, message, cause);
    this.kind = kind;
    this.until = null;
    this.retryAfter = null;
  }

  private ChannelException(Kind kind, String message, Instant until, Duration retryAfter) {
    super(kind.exitCode, message);
    this.kind = kind;
    this.until = until;
    this.retryAfter = retryAfter;
  }

  /** A call limit that ends at {@code until}. */
  public static ChannelException waitUntil(Instant until, String message) {
    return new ChannelException(Kind.WAIT_UNTIL, message, until, null);
  }

  /** A passing fault that the source asks to leave alone for a while. */
  public static ChannelException retryAfter(Duration wait, String message) {
    return new ChannelException(Kind.RETRY, message, null, wait);
  }

  /** A passing fault, with the source's own wait where it states one. */
  public static ChannelException retry(Optional<Duration> wait, String message) {
    return new ChannelException(Kind.RETRY, message, null, wait.orElse(null));
  }

  /** What the failure asks for. */
  public Kind kind() {
    return kind;
  }

  /** The shortest pause before trying again, when the source states one. */
  public Optional<Duration> retryAfter() {
    return Optional.ofNullable(retryAfter);
  }

  /** When the limit ends, for {@link Kind#WAIT_UNTIL}. */
  public Optional<Instant> until() {
    return Optional.ofNullable(until);
  }
}
