package ltv.lake;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Supplier;
import org.apache.iceberg.exceptions.NotFoundException;
import org.apache.iceberg.io.FileIO;
import org.apache.iceberg.io.InputFile;
import org.apache.iceberg.io.OutputFile;
import org.apache.iceberg.io.PositionOutputStream;

/** Iceberg's file access on a local disk, without Hadoop. Made by name, so it is public. */
public class LocalFileIO implements FileIO {
  private static final long serialVersionUID = 1L;

  @Override
  public InputFile newInputFile(String location) {
    return org.apache.iceberg.Files.localInput(path(location).toFile());
  }

  @Override
  public OutputFile newOutputFile(String location) {
    try {
      // Iceberg's own mkdirs fails when another process makes the folder at the same moment
      Files.createDirectories(path(location).getParent());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return new LocalOutput(org.apache.iceberg.Files.localOutput(path(location).toFile()));
  }

  /** Iceberg's own says "not found" of a file that a read-only disk refuses to make. */
  private record LocalOutput(OutputFile file) implements OutputFile {
    @Override
    public PositionOutputStream create() {
      return made(file::create);
    }

    @Override
    public PositionOutputStream createOrOverwrite() {
      return made(file::createOrOverwrite);
    }

    private static PositionOutputStream made(Supplier<PositionOutputStream> making) {
      try {
        return making.get();
      } catch (NotFoundException e) {
        throw new UncheckedIOException(e.getMessage(), new IOException(e.getCause()));
      }
    }

    @Override
    public String location() {
      return file.location();
    }

    @Override
    public InputFile toInputFile() {
      return file.toInputFile();
    }
  }

  @Override
  public void deleteFile(String location) {
    try {
      Files.deleteIfExists(path(location));
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot delete " + location, e);
    }
  }

  /** The path behind a location, which may be plain or a {@code file:} address. */
  public static Path path(String location) {
    String plain = location.startsWith("file:") ? location.substring("file:".length()) : location;
    return Path.of(plain.replaceFirst("^//+", "/"));
  }
}
