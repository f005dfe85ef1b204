package ltv.run;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

/**
 * A named place where a test may make this process fail or wait. Inert unless the system property
 * {@code ltv.fault} is set:
 *
 * <ul>
 *   <li>{@code <point>=halt}: the process is gone at once, as by {@code kill -9};
 *   <li>{@code <point>=wait:<file>}: it makes {@code <file>.reached} and goes on when the file
 *       exists;
 *   <li>{@code <point>#<n>=…}: the same when it is passed for the n-th time, from 1;
 *   <li>{@code list:<file>}: it goes on and notes every point that it passes, so that a test finds
 *       the points that there are.
 * </ul>
 */
public final class FaultPoint {
  private static final String ACTIVE = System.getProperty("ltv.fault", "");
  private static final String LIST = "list:";
  private static final AtomicInteger PASSED = new AtomicInteger();
  private static final long PAUSE_NANOS = 5_000_000;

  private FaultPoint() {}

  /** Acts when this point is the active one. */
  public static void at(String name) {
    if (ACTIVE.isEmpty()) {
      return;
    }
    if (ACTIVE.startsWith(LIST)) {
      note(name, Path.of(ACTIVE.substring(LIST.length())));
    }
    if (!ACTIVE.startsWith(name + "=") && !ACTIVE.startsWith(name + "#")) {
      return;
    }

    String action = ACTIVE.substring(ACTIVE.indexOf('=') + 1);
    String nth = ACTIVE.substring(name.length(), ACTIVE.indexOf('='));
    if (!nth.isEmpty() && PASSED.incrementAndGet() != Integer.parseInt(nth.substring(1))) {
      return;
    }
    if (action.equals("halt")) {
      Runtime.getRuntime().halt(137);
    }
    if (action.startsWith("wait:")) {
      awaitFile(Path.of(action.substring("wait:".length())));
    }
  }

  private static void note(String name, Path file) {
    try {
      Files.writeString(file, name + "\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void awaitFile(Path file) {
    try {
      Path reached = file.resolveSibling(file.getFileName() + ".reached");
      if (!Files.exists(reached)) {
        Files.createFile(reached);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    while (!Files.exists(file)) {
      LockSupport.parkNanos(PAUSE_NANOS);
    }
  }
}
