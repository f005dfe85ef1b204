package ltv.watch;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalLong;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;

/**
 * What a run takes of its host. DuckDB does not tell what it has spilled once it is done, so the
 * folder is looked at while it works: a spill shorter than the pause between two looks is missed.
 */
final class Usage implements AutoCloseable {
  private static final int PAUSE_MILLIS = 200;
  private static final Path STATUS = Path.of("/proc/self/status");
  private static final String PEAK = "VmHWM:";
  private static final int KIB = 1024;

  private final Path spill;
  private final AtomicLong most = new AtomicLong();
  private final ScheduledExecutorService looking =
      Executors.newSingleThreadScheduledExecutor(
          work -> {
            Thread thread = new Thread(work, "spill");
            thread.setDaemon(true);
            return thread;
          });

  /** Begins to look at what is below a folder, which need not be there. */
  Usage(Path spill) {
    this.spill = spill;
    looking.scheduleWithFixedDelay(this::look, 0, PAUSE_MILLIS, TimeUnit.MILLISECONDS);
  }

  private void look() {
    if (!Files.isDirectory(spill)) {
      return;
    }
    try (Stream<Path> files = Files.list(spill)) {
      long now = files.mapToLong(file -> file.toFile().length()).sum();
      most.accumulateAndGet(now, Math::max);
    } catch (IOException e) {
      return; // it is gone just now, or nobody may look: there is a next time
    }
  }

  /** The most bytes that lay there at once. */
  long spilled() {
    return most.get();
  }

  /** The most memory that this process has had at once; only Linux tells. */
  static OptionalLong memory() {
    try (Stream<String> lines = Files.lines(STATUS)) {
      return lines
          .filter(line -> line.startsWith(PEAK))
          .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) * KIB)
          .findFirst();
    } catch (IOException e) {
      return OptionalLong.empty();
    }
  }

  @Override
  public void close() {
    looking.shutdownNow();
  }
}
