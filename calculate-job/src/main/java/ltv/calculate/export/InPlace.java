package ltv.calculate.export;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/** Writes a file beside its place and then moves it there, so that nobody reads half of one. */
public final class InPlace {
  private InPlace() {}

  /** What writes the file. */
  @FunctionalInterface
  public interface Content {
    /** Writes all of it. */
    void to(OutputStream out) throws IOException;
  }

  /** Writes the file; its folder must be there. */
  public static void write(Path to, Content content) {
    try {
      Path aside = to.resolveSibling("." + to.getFileName() + ".new");
      try {
        try (OutputStream out = Files.newOutputStream(aside)) {
          content.to(out);
        }
        Files.move(aside, to, StandardCopyOption.REPLACE_EXISTING);
      } finally {
        Files.deleteIfExists(aside);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Removes a file that is not needed any more. */
  static void delete(Path file) {
    try {
      Files.delete(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
