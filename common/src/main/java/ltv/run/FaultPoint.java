package ltv.run;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.locks.LockSupport;

/**
 * A named place where a test may make this process fail or wait. Inert unless the system property
 * {@code ltv.fault} names it: {@code <point>=halt} or {@code <point>=wait:<file>} (the process
 * makes {@code <file>.reached} and goes on when {@code <file>} exists).
 */
public final class FaultPoint {
  private static final String ACTIVE = System.getProperty("ltv.fault", "");
  private static final long PAUSE_NANOS = 5_000_000;

  private FaultPoint() {}

  /** Acts when this point is the active one. */
  public static void at(String name) {
    if (!ACTIVE.startsWith(name + "=")) {
      return;
    }

    String action = ACTIVE.substring(name.length() + 1);
    if (action.equals("halt")) {
      Runtime.getRuntime().halt(137);
    }
    if (action.startsWith("wait:")) {
      awaitFile(Path.of(action.substring("wait:".length())));
    }
  }

  private static void awaitFile(Path file) {
    try {
      Path reached = file.resolveSibling(file.getFileName() + ".reached");
      if (!Files.exists(reached)) {
        Files.createFile(reached);
      }
    } catch (java.io.IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
    while (!Files.exists(file)) {
      LockSupport.parkNanos(PAUSE_NANOS);
    }
  }
}
