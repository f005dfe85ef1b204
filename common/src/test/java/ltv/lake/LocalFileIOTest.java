package ltv.lake;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.UncheckedIOException;
import java.nio.file.Path;
import org.apache.iceberg.io.OutputFile;
import org.junit.jupiter.api.Test;

class LocalFileIOTest {
  @Test
  void a_file_that_the_disk_refuses_to_make_is_a_failure_of_the_disk() {
    // nobody can make a file there, root neither
    OutputFile file = new LocalFileIO().newOutputFile("/proc/sale.parquet");

    UncheckedIOException e = assertThrows(UncheckedIOException.class, file::create);

    assertTrue(e.getMessage().contains("/proc"), e.getMessage());
  }

  @Test
  void plain_paths_and_both_spellings_of_file_addresses_are_the_same_place() {
    for (String location : new String[] {"/a/b", "file:/a/b", "file:///a/b"}) {
      assertEquals(Path.of("/a/b"), LocalFileIO.path(location), location);
    }
  }
}
