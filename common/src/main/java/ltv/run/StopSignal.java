package ltv.run;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Turns SIGTERM and Ctrl-C into a clean end: the running partition is finished, the next one is not
 * begun. The JVM then exits with 143 or 130 by itself.
 */
public final class StopSignal {
  /**
   * Longer than any single partition should take; a container's own grace period may be shorter.
   */
  private static final Duration PATIENCE = Duration.ofMinutes(5);

  private final CountDownLatch ended = new CountDownLatch(1);
  private volatile boolean requested;

  /** Registers with the JVM. Called once, by {@link JobMain}. */
  void install() {
    Runtime.getRuntime().addShutdownHook(new Thread(this::waitForCleanEnd, "stop-signal"));
  }

  private void waitForCleanEnd() {
    requested = true;
    try {
      ended.await(PATIENCE.toSeconds(), TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Whether the job should end after the partition it is at. */
  public boolean requested() {
    return requested;
  }

  /** Asks for the clean end without a signal; tests use it. */
  public void request() {
    requested = true;
  }

  /** Tells the waiting hook that the report is out. */
  void ended() {
    ended.countDown();
  }
}
