package ltv.lake;

import static ltv.lake.SalesLake.D1;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.LocalDate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What becomes of a commit whose writer was killed before it could tell the ledger. */
class LedgerRecoveryTest {
  private static final LocalDate D2 = D1.plusDays(1);

  @TempDir private Path folder;
  private SalesLake lake;

  @BeforeEach
  void open() {
    lake = new SalesLake(folder);
  }

  @AfterEach
  void close() {
    lake.close();
  }

  @Test
  void its_facts_are_taken_over_from_the_warehouse() throws Exception {
    lake.publish(D1, "a");
    LedgerEntry known = entry(D1);
    forget(D1);
    unsettle();

    assertEquals(known, entry(D1));
  }

  @Test
  void its_facts_are_found_under_the_snapshots_name_too() throws Exception {
    lake.publish(D1, "a");
    LedgerEntry known = entry(D1);
    forget(D1);

    assertEquals(known, entry(D1));
  }

  @Test
  void it_is_not_hidden_by_a_newer_commit_that_the_ledger_knows() throws Exception {
    lake.publish(D1, "old");
    lake.publish(D1, "new");
    LedgerEntry known = entry(D1);
    forget(D1);
    lake.publish(D2, "b");

    assertEquals(known, entry(D1));
  }

  @Test
  void without_readable_facts_its_partitions_count_as_not_built_and_no_other() throws Exception {
    lake.publish(D1, "old");
    lake.publish(D2, "b");
    lake.publish(D1, "new");
    LedgerEntry other = entry(D2);
    long snapshot = lake.pin().snapshot().orElseThrow().snapshotId();
    forget(snapshot);
    Files.writeString(ledger().resolve(snapshot + ".json"), "[]");

    assertFalse(lake.pin().published().containsKey(Partition.of(D1)), "old facts, new rows");
    assertEquals(other, entry(D2));
    lake.publish(D1, "again");
    assertEquals(1, entry(D1).rowsOut());
  }

  private LedgerEntry entry(LocalDate day) {
    return lake.pin().published().get(Partition.of(day));
  }

  private void forget(LocalDate day) throws SQLException {
    execute("delete from ltv_ledger where part = '" + day + "'");
  }

  private void forget(long snapshot) throws SQLException {
    execute("delete from ltv_ledger where snapshot_id = " + snapshot);
  }

  private void execute(String sql) throws SQLException {
    try (var db = DriverManager.getConnection("jdbc:sqlite:" + folder.resolve("state.db"));
        var statement = db.createStatement()) {
      statement.execute(sql);
    }
  }

  private Path ledger() {
    return folder.resolve("warehouse/_ledger/stg_sale");
  }

  /** Puts the facts file back under the name it had before the commit was settled. */
  private void unsettle() throws IOException {
    String announced = "announced-" + lake.table().newestCommit() + ".json";
    try (var files = Files.list(ledger())) {
      Files.move(files.findFirst().orElseThrow(), ledger().resolve(announced));
    }
  }
}
