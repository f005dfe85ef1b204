package ltv.run;

/**
 * A failure whose kind is known: it ends the run with its exit code and its message, without a
 * stack trace. The message says what, which one, what was expected and what to do.
 */
public class JobException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final ExitCode exitCode;

  public JobException(ExitCode exitCode, String message) {
    super(message);
    this.exitCode = exitCode;
  }

  public JobException(ExitCode exitCode, String message, Throwable cause) {
    super(message, cause);
    this.exitCode = exitCode;
  }

  /** The code that the process ends with when this failure ends the run. */
  public ExitCode exitCode() {
    return exitCode;
  }
}
