package ltv.run;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jline.utils.Signals;

/**
 * Turns SIGTERM and Ctrl-C into a clean end: the running partition is finished, the next one is not
 * begun, and the job ends with 143 or 130 by itself. A second signal ends the process at once.
 *
 * <p>The signals are handled, not answered by a shutdown hook: hooks run beside the job, and
 * Iceberg's own hook closes the thread pool under a commit in progress.
 */
public final class StopSignal implements AutoCloseable {
  private record Handled(String signal, Object before) {}

  private final List<Handled> handled = new ArrayList<>();
  private volatile ExitCode requested;

  /** Begins to listen, until {@link #close}. */
  static StopSignal listening() {
    StopSignal stop = new StopSignal();
    stop.handle("TERM", ExitCode.TERMINATED);
    stop.handle("INT", ExitCode.INTERRUPTED);
    return stop;
  }

  private void handle(String signal, ExitCode code) {
    handled.add(new Handled(signal, Signals.register(signal, () -> request(code))));
  }

  private void request(ExitCode code) {
    if (requested != null) {
      Runtime.getRuntime().halt(code.code());
    }
    requested = code;
  }

  /** Whether the job should end after the partition it is at. */
  public boolean requested() {
    return requested != null;
  }

  /** The code of the signal that asked for the end. */
  Optional<ExitCode> exitCode() {
    return Optional.ofNullable(requested);
  }

  /** Gives the signals back to whoever had them. */
  @Override
  public void close() {
    handled.forEach(h -> Signals.unregister(h.signal(), h.before()));
    handled.clear();
  }
}
