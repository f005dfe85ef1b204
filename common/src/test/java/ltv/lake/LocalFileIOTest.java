package ltv.lake;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.iceberg.io.OutputFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LocalFileIOTest {
  @TempDir private Path folder;

  @Test
  void a_file_that_the_disk_refuses_to_make_is_a_failure_of_the_disk() throws Exception {
    Path taken = Files.createDirectories(folder.resolve("taken"));
    OutputFile file = new LocalFileIO().newOutputFile(taken.toString());

    UncheckedIOException e =
        assertThrows(UncheckedIOException.class, file::createOrOverwrite, "not: it is not found");

    assertTrue(e.getMessage().contains(taken.toString()), e.getMessage());
  }

  @Test
  void plain_paths_and_both_spellings_of_file_addresses_are_the_same_place() {
    for (String location : new String[] {"/a/b", "file:/a/b", "file:///a/b"}) {
      assertEquals(Path.of("/a/b"), LocalFileIO.path(location), location);
    }
  }
}
