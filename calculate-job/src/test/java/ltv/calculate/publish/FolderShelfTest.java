package ltv.calculate.publish;

import java.nio.file.Path;
import ltv.config.S3Settings;
import ltv.lake.Storage;
import org.junit.jupiter.api.io.TempDir;

/** The contract in a folder. */
class FolderShelfTest extends ShelfContract {
  @TempDir private Path folder;

  @Override
  Storage open() {
    return Storage.at(
        folder.resolve("out").toString(),
        new S3Settings(null, null, null, null, null, null),
        folder.resolve("scratch"));
  }
}
