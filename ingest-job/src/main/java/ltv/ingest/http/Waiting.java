package ltv.ingest.http;

import java.time.Duration;

/** Turns a wanted pause into the one that is made; tests shorten it and write it down. */
@FunctionalInterface
public interface Waiting {
  /** Real pauses. */
  Waiting REAL = wanted -> wanted;

  /** How long to pause when {@code wanted} is due. */
  Duration pause(Duration wanted);

  /** Pauses this thread, for polling. */
  default void now(Duration wanted) {
    try {
      Thread.sleep(pause(wanted).toMillis());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while waiting for a source", e);
    }
  }
}
