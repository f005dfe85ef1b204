package ltv.lake;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** What runs leave in the scratch folder: copies of objects, and the files of killed runs. */
public final class ScratchFiles {
  private ScratchFiles() {}

  /** Removes files that nobody has written since, and folders that are empty then. */
  public static long removeOlderThan(Path scratch, Instant limit) {
    if (!Files.isDirectory(scratch)) {
      return 0;
    }
    long removed = 0;
    try (Stream<Path> all = Files.walk(scratch)) {
      List<Path> deepestFirst = all.sorted(Comparator.reverseOrder()).toList();
      for (Path path : deepestFirst) {
        if (!path.equals(scratch) && goes(path, limit)) {
          removed += Files.isDirectory(path) ? 0 : 1;
          Files.deleteIfExists(path);
        }
      }
      return removed;
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot clean " + scratch, e);
    }
  }

  private static boolean goes(Path path, Instant limit) throws IOException {
    boolean old = Files.getLastModifiedTime(path).toInstant().isBefore(limit);
    if (!Files.isDirectory(path)) {
      return old;
    }
    try (Stream<Path> inside = Files.list(path)) {
      return old && inside.findAny().isEmpty();
    }
  }
}
