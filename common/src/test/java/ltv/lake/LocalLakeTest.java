package ltv.lake;

import static ltv.lake.SalesLake.D1;
import static ltv.lake.SalesLake.SALES;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import ltv.config.Sites;
import ltv.run.PartitionOutcome;
import ltv.run.PartitionOutcome.Conflict;
import org.junit.jupiter.api.Test;

/** The contract on a local disk under SQLite, and what only a local disk does. */
class LocalLakeTest extends LakeContract {
  @Override
  SalesLake open(String name) {
    return new SalesLake(folder.resolve(name), FaultyFileIO.class.getName());
  }

  @Test
  void a_disk_that_fails_at_any_write_leaves_the_old_rows_and_a_rerun_succeeds() {
    lake.publish(D1, "old");
    boolean failed = true;
    int writes = 0;
    for (; failed; writes++) {
      String id = "try" + writes;
      LakeTable table = lake.table();
      Pin base = table.pin();
      BuiltPartition partition = lake.built(D1, id);
      FaultyFileIO.failAfter(writes);
      PartitionOutcome outcome = table.commit(base).publish(List.of(partition)).get(0);
      FaultyFileIO.heal();
      failed = outcome instanceof Conflict;
      if (failed) {
        assertTrue(outcome.explain().contains("free or mount the disk"), outcome.explain());
        assertEquals(List.of("2026-11-01 old"), lake.rows(), "write " + writes);
      } else {
        assertEquals(List.of("2026-11-01 " + id), lake.rows());
      }
    }

    assertTrue(writes > 4, "data file, facts, manifest, list and metadata were each let fail");
    lake.publish(D1, "again");
    assertEquals(List.of("2026-11-01 again"), lake.rows());
  }

  @Test
  void looking_at_a_lake_that_nobody_has_built_leaves_the_disk_as_it_is() {
    Path nowhere = folder.resolve("nowhere");

    try (Lake empty = Lake.look(Sites.below(nowhere))) {
      assertEquals(Optional.empty(), empty.existing(SALES));
    }

    assertTrue(Files.notExists(nowhere), "plan and status write nothing");
  }
}
