package ltv.lake;

import static ltv.lake.SalesLake.D1;
import static ltv.lake.SalesLake.SALES;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
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

  @Override
  SalesLake openForgotten(String name) {
    Path files = folder.resolve(name);
    return new SalesLake(
        files,
        Lake.open(
            folder.resolve(UUID.randomUUID() + ".db"),
            Storage.folder(
                files.resolve("warehouse"),
                files.resolve("scratch"),
                LocalFileIO.class.getName())));
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

  @Test
  void metadata_of_a_commit_that_never_came_to_be_is_not_recovered() throws IOException {
    lake.publish(D1, "old");
    try (SalesLake twin = openForgotten("sales")) {
      twin.recover();
      twin.publish(D1, "never");
      long snapshot = twin.pin().snapshot().orElseThrow().snapshotId();
      // what is left of a writer that is killed after its metadata and before its commit
      Files.delete(folder.resolve("sales/warehouse/_ledger/stg_sale/" + snapshot + ".json"));
    }

    try (SalesLake forgotten = openForgotten("sales")) {
      forgotten.recover();
      assertEquals(List.of("2026-11-01 old"), forgotten.rows());
    }
  }
}
