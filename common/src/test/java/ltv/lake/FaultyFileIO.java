package ltv.lake;

import java.io.IOException;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.iceberg.io.OutputFile;
import org.apache.iceberg.io.PositionOutputStream;

/**
 * A disk that fails at its n-th write, before or after the bytes are there. Iceberg makes it by
 * name, so the countdown is shared; the tests that use it run one after another.
 */
public class FaultyFileIO extends LocalFileIO {
  private static final long serialVersionUID = 1L;
  private static final AtomicInteger WRITES_LEFT = new AtomicInteger(Integer.MAX_VALUE);

  /** The write after {@code n} good ones fails, as does every later one. */
  static void failAfter(int n) {
    WRITES_LEFT.set(n);
  }

  /** The disk is well again. */
  static void heal() {
    WRITES_LEFT.set(Integer.MAX_VALUE);
  }

  @Override
  public OutputFile newOutputFile(String location) {
    OutputFile good = super.newOutputFile(location);
    return new OutputFile() {
      @Override
      public PositionOutputStream create() {
        return full(good.create());
      }

      @Override
      public PositionOutputStream createOrOverwrite() {
        return full(good.createOrOverwrite());
      }

      @Override
      public String location() {
        return good.location();
      }

      @Override
      public org.apache.iceberg.io.InputFile toInputFile() {
        return good.toInputFile();
      }
    };
  }

  private static PositionOutputStream full(PositionOutputStream good) {
    if (WRITES_LEFT.getAndDecrement() > 0) {
      return good;
    }
    return new PositionOutputStream() {
      @Override
      public long getPos() throws IOException {
        return good.getPos();
      }

      @Override
      public void write(int b) throws IOException {
        throw new IOException("No space left on device");
      }

      @Override
      public void close() throws IOException {
        good.close();
      }
    };
  }
}
