package ltv.sandbox.chain;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardWatchEventKinds;
import java.nio.file.WatchKey;
import java.nio.file.WatchService;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Where a job process stops until the test lets it go on. */
final class Gate {
  private static final long LONGEST_SECONDS = 60;

  private final String point;
  private final Path file;

  /**
   * A gate at one of the job's fault points.
   *
   * @param folder where the two files of the handshake appear
   * @param name tells gates of one folder apart
   */
  Gate(String point, Path folder, String name) {
    this.point = point;
    this.file = folder.resolve(name + ".gate");
  }

  /** What the process is started with. */
  List<String> jvm() {
    return List.of("-Dltv.fault=" + point + "=wait:" + file);
  }

  /** Returns when a process stands at the gate. */
  void awaitReached() {
    Path reached = file.resolveSibling(file.getFileName() + ".reached");
    try (WatchService watch = file.getFileSystem().newWatchService()) {
      file.getParent().register(watch, StandardWatchEventKinds.ENTRY_CREATE);
      while (!Files.exists(reached)) {
        WatchKey key = watch.poll(LONGEST_SECONDS, TimeUnit.SECONDS);
        if (key == null) {
          throw new AssertionError("Nobody reached " + point + " in " + LONGEST_SECONDS + " s");
        }
        key.pollEvents();
        key.reset();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  /** Lets it go on. */
  void open() {
    try {
      Files.createFile(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
