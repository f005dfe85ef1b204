package ltv.lake;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.apache.iceberg.io.FileInfo;
import org.apache.iceberg.io.InputFile;
import org.apache.iceberg.io.OutputFile;
import org.apache.iceberg.io.SupportsPrefixOperations;

/**
 * Iceberg's file access on a local disk, without Hadoop: a file is on the disk, whole, before it
 * has its name. Made by name, so it is public.
 */
public class LocalFileIO implements SupportsPrefixOperations {
  private static final long serialVersionUID = 1L;

  @Override
  public InputFile newInputFile(String location) {
    return org.apache.iceberg.Files.localInput(path(location).toFile());
  }

  @Override
  public OutputFile newOutputFile(String location) {
    return new LocalOutput(path(location));
  }

  @Override
  public void deleteFile(String location) {
    try {
      Files.deleteIfExists(path(location));
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot delete " + location, e);
    }
  }

  @Override
  public Iterable<FileInfo> listPrefix(String prefix) {
    List<FileInfo> files = new ArrayList<>();
    for (Path file : walked(prefix)) {
      try {
        if (Files.isRegularFile(file)) {
          files.add(
              new FileInfo(
                  file.toString(), Files.size(file), Files.getLastModifiedTime(file).toMillis()));
        }
      } catch (IOException e) {
        throw new UncheckedIOException("Cannot look at " + file, e);
      }
    }
    return files;
  }

  @Override
  public void deletePrefix(String prefix) {
    walked(prefix).forEach(file -> deleteFile(file.toString()));
  }

  /** What lies below a folder, the deepest first. */
  private static List<Path> walked(String prefix) {
    Path folder = path(prefix);
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    try (Stream<Path> all = Files.walk(folder)) {
      return all.sorted(Comparator.reverseOrder()).toList();
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot list " + folder, e);
    }
  }

  /** The path behind a location, which may be plain or a {@code file:} address. */
  public static Path path(String location) {
    String plain = location.startsWith("file:") ? location.substring("file:".length()) : location;
    return Path.of(plain.replaceFirst("^//+", "/"));
  }
}
