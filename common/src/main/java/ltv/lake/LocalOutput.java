package ltv.lake;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.UUID;
import org.apache.iceberg.exceptions.AlreadyExistsException;
import org.apache.iceberg.io.InputFile;
import org.apache.iceberg.io.OutputFile;
import org.apache.iceberg.io.PositionOutputStream;

/** A file that gets its name when it is closed, after its bytes have reached the disk. */
record LocalOutput(Path file) implements OutputFile {
  @Override
  public PositionOutputStream create() {
    if (Files.exists(file)) {
      throw new AlreadyExistsException("File already exists: %s", file);
    }
    return createOrOverwrite();
  }

  @Override
  public PositionOutputStream createOrOverwrite() {
    try {
      Files.createDirectories(file.getParent());
      return new Unfinished(file);
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot create " + file + ": " + e, e);
    }
  }

  @Override
  public String location() {
    return file.toString();
  }

  @Override
  public InputFile toInputFile() {
    return org.apache.iceberg.Files.localInput(file.toFile());
  }

  private static final class Unfinished extends PositionOutputStream {
    private final Path file;
    private final Path part;
    private final FileChannel channel;
    private final OutputStream out;
    private long position;
    private boolean failed;

    Unfinished(Path file) throws IOException {
      this.file = file;
      this.part = file.resolveSibling("." + file.getFileName() + "." + UUID.randomUUID());
      this.channel =
          FileChannel.open(part, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
      this.out = new BufferedOutputStream(Channels.newOutputStream(channel), 1 << 16);
    }

    @Override
    public long getPos() {
      return position;
    }

    @Override
    public void write(int b) throws IOException {
      write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
      try {
        out.write(bytes, offset, length);
        position += length;
      } catch (IOException e) {
        failed = true;
        throw e;
      }
    }

    @Override
    public void flush() throws IOException {
      out.flush();
    }

    @Override
    public void close() throws IOException {
      if (!channel.isOpen()) {
        return;
      }
      try (channel) {
        if (!failed) {
          out.flush();
          channel.force(true);
          Files.move(part, file, StandardCopyOption.ATOMIC_MOVE);
        }
      } finally {
        Files.deleteIfExists(part);
      }
    }
  }
}
