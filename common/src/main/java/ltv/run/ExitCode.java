package ltv.run;

import java.util.Collection;
import java.util.List;

/**
 * How a job ends, as the scheduler sees it. The README's table is asserted against this enum.
 *
 * <p>The codes follow {@code sysexits.h} where it has a fitting one.
 */
public enum ExitCode {
  OK(0, "committed, or unchanged", "go on"),
  OUT_OF_MEMORY(3, "out of memory (heap); 137 when the container killed it", "raise memory"),
  USAGE(64, "wrong flags", "fail, do not retry"),
  HELD(
      65,
      "a check failed: built and held, or a file was refused; not published",
      "fail, a person decides"),
  NOT_READY(66, "an input is not ready, or a command is to be run", "retry later"),
  UNAVAILABLE(69, "source unavailable or call limit reached", "retry later"),
  BUG(70, "a bug", "fail"),
  COMMIT_UNKNOWN(74, "outcome of a commit unknown", "look with status, then retry"),
  CONFLICT(75, "conflict, lock, disk or database away", "retry"),
  REFUSED(77, "source refused the credentials", "fail, a person decides"),
  CONFIGURATION(78, "wrong configuration", "fail, do not retry"),
  SWITCHED_OFF(99, "channel or dataset switched off for this site or day", "skip"),
  INTERRUPTED(130, "interrupted by Ctrl-C, clean end between partitions", "retry"),
  TERMINATED(143, "told to stop (SIGTERM), clean end between partitions", "retry");

  /** Mixed outcomes of one run end with the first of these that occurred. */
  private static final List<ExitCode> PRECEDENCE =
      List.of(
          OUT_OF_MEMORY,
          BUG,
          USAGE,
          CONFIGURATION,
          REFUSED,
          COMMIT_UNKNOWN,
          HELD,
          CONFLICT,
          UNAVAILABLE,
          NOT_READY,
          TERMINATED,
          INTERRUPTED,
          OK,
          SWITCHED_OFF);

  private final int code;
  private final String meaning;
  private final String scheduler;

  ExitCode(int code, String meaning, String scheduler) {
    this.code = code;
    this.meaning = meaning;
    this.scheduler = scheduler;
  }

  /** The process's exit status. */
  public int code() {
    return code;
  }

  /** What happened, in a few words. */
  public String meaning() {
    return meaning;
  }

  /** What the scheduler should do about it. */
  public String scheduler() {
    return scheduler;
  }

  /**
   * The code of a run whose parts ended differently: the most serious one. An empty collection is a
   * run that had nothing to do, which is {@link #OK}.
   */
  public static ExitCode worst(Collection<ExitCode> codes) {
    return PRECEDENCE.stream().filter(codes::contains).findFirst().orElse(OK);
  }
}
