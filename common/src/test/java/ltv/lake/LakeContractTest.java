package ltv.lake;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.Collectors;
import ltv.engine.ContentHash;
import ltv.engine.DuckDb;
import ltv.engine.DuckDbSession;
import ltv.engine.EngineSettings;
import ltv.engine.ParquetFile;
import ltv.engine.ParquetInput;
import ltv.run.ExitCode;
import ltv.run.JobException;
import ltv.run.PartitionOutcome;
import ltv.run.PartitionOutcome.Committed;
import ltv.run.PartitionOutcome.Conflict;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a table promises to its writers and readers, on a local disk under SQLite. */
class LakeContractTest {
  private static final LocalDate D1 = LocalDate.of(2026, 11, 1);
  private static final LocalDate D2 = D1.plusDays(1);
  private static final TableSpec SALES =
      new TableSpec(
          "cleanse",
          "stg_sale",
          List.of(
              Column.of("sold_on", "date"),
              Column.of("id", "string"),
              Column.of("amount", "decimal(18,4)"),
              Column.of("sold_at", "timestamp"),
              Column.of("good", "boolean"),
              Column.of("ratio", "double"),
              Column.of("n", "long")),
          Optional.of("sold_on"));

  @TempDir private Path folder;
  private DuckDb engine;
  private Lake lake;

  @BeforeEach
  void open() {
    engine = new DuckDb(new EngineSettings(1, "500MB"), folder.resolve("scratch"));
    lake = openLake();
  }

  @AfterEach
  void close() {
    FaultyFileIO.heal();
    lake.close();
    engine.close();
  }

  private Lake openLake() {
    return Lake.open(
        folder.resolve("state.db"), folder.resolve("warehouse"), FaultyFileIO.class.getName());
  }

  @Test
  void a_commit_replaces_its_partition_and_no_other() {
    publish(lake, D1, "a", "b");
    publish(lake, D2, "c");
    publish(lake, D1, "x");

    assertEquals(List.of("2026-11-01 x", "2026-11-02 c"), rows(lake));
  }

  @Test
  void the_slower_twin_of_a_partition_ends_with_a_conflict_and_leaves_no_row() {
    LakeTable table = lake.table(SALES);
    Pin base = table.pin();
    publish(lake, D1, "first");

    PartitionOutcome late = table.commit(base).publish(List.of(built(table, D1, "late"))).get(0);

    assertInstanceOf(Conflict.class, late);
    assertEquals(ExitCode.CONFLICT, late.exitCode());
    assertEquals(List.of("2026-11-01 first"), rows(lake));
  }

  @Test
  void writers_of_other_partitions_from_the_same_base_both_commit() {
    publish(lake, D1, "a");
    LakeTable table = lake.table(SALES);
    Pin base = table.pin();
    publish(lake, D2, "b");

    PartitionOutcome outcome =
        table.commit(base).publish(List.of(built(table, D1.plusDays(2), "c"))).get(0);

    assertInstanceOf(Committed.class, outcome);
    assertEquals(3, rows(lake).size());
  }

  @Test
  void four_first_writers_of_a_new_lake_all_commit_their_days() throws Exception {
    Path fresh = folder.resolve("fresh");
    ExecutorService pool = Executors.newFixedThreadPool(4);
    List<Callable<PartitionOutcome>> writers = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      LocalDate day = D1.plusDays(i);
      writers.add(
          () -> {
            try (Lake own = Lake.open(fresh.resolve("state.db"), fresh.resolve("warehouse"))) {
              return publish(own, day, "r" + day.getDayOfMonth());
            }
          });
    }

    for (var outcome : pool.invokeAll(writers)) {
      assertInstanceOf(Committed.class, outcome.get());
    }

    pool.shutdown();
    try (Lake own = Lake.open(fresh.resolve("state.db"), fresh.resolve("warehouse"))) {
      assertEquals(4, rows(own).size());
    }
  }

  @Test
  void an_empty_partition_is_known_to_be_built() {
    publish(lake, D1);

    Pin pin = lake.table(SALES).pin();

    assertEquals(LedgerEntry.State.EMPTY, pin.published().get(Partition.of(D1)).state());
    assertTrue(!pin.published().containsKey(Partition.of(D2)), "a day that was never built");
    assertEquals(List.of(), rows(lake));
  }

  @Test
  void a_pinned_reader_does_not_see_a_later_commit() {
    publish(lake, D1, "a");
    LakeTable table = lake.table(SALES);
    Pin before = table.pin();
    publish(lake, D1, "b");

    assertEquals(List.of("2026-11-01 a"), rows(table, before));
  }

  @Test
  void a_held_partition_is_kept_but_not_current() {
    publish(lake, D1, "good");
    LakeTable table = lake.table(SALES);

    PartitionOutcome outcome =
        table.commit(table.pin()).hold(held(table, D1, "bad"), "range: broken.");

    assertEquals(ExitCode.HELD, outcome.exitCode());
    assertEquals(List.of("2026-11-01 good"), rows(lake));
    assertEquals(
        LedgerEntry.State.HELD, table.pin().newest(Partition.of(D1)).orElseThrow().state());
    publish(lake, D1, "mended");
    assertEquals(List.of("2026-11-01 mended"), rows(lake));
  }

  @Test
  void a_disk_that_fails_at_any_write_leaves_the_old_rows_and_a_rerun_succeeds() {
    publish(lake, D1, "old");
    boolean failed = true;
    int writes = 0;
    for (; failed; writes++) {
      String id = "try" + writes;
      LakeTable table = lake.table(SALES);
      Pin base = table.pin();
      BuiltPartition partition = built(table, D1, id);
      FaultyFileIO.failAfter(writes);
      PartitionOutcome outcome = table.commit(base).publish(List.of(partition)).get(0);
      FaultyFileIO.heal();
      failed = outcome instanceof Conflict;
      if (failed) {
        assertTrue(outcome.explain().contains("free or mount the disk"), outcome.explain());
        assertEquals(List.of("2026-11-01 old"), rows(lake), "write " + writes);
      } else {
        assertEquals(List.of("2026-11-01 " + id), rows(lake));
      }
    }

    assertTrue(writes > 4, "data file, facts, manifest, list and metadata were each let fail");
    publish(lake, D1, "again");
    assertEquals(List.of("2026-11-01 again"), rows(lake));
  }

  @Test
  void facts_of_a_writer_that_was_killed_after_its_commit_are_taken_over() throws Exception {
    LakeTable table = lake.table(SALES);
    publish(lake, D1, "a");
    LedgerEntry known = table.pin().published().get(Partition.of(D1));
    try (var db =
            java.sql.DriverManager.getConnection("jdbc:sqlite:" + folder.resolve("state.db"));
        var statement = db.createStatement()) {
      statement.execute("delete from ltv_ledger");
    }
    unsettle();

    LedgerEntry again = lake.table(SALES).pin().published().get(Partition.of(D1));

    assertEquals(known, again);
  }

  /** Puts the facts file back under the name it had before the commit was settled. */
  private void unsettle() throws java.io.IOException {
    LakeTable table = lake.table(SALES);
    Path ledger = folder.resolve("warehouse/_ledger/stg_sale");
    try (var files = java.nio.file.Files.list(ledger)) {
      Path settled = files.findFirst().orElseThrow();
      java.nio.file.Files.move(
          settled, ledger.resolve("announced-" + table.newestCommit() + ".json"));
    }
  }

  @Test
  void new_columns_come_by_themselves_and_a_changed_type_is_refused() {
    publish(lake, D1, "a");
    List<Column> more = new ArrayList<>(SALES.columns());
    more.add(Column.of("note", "string"));
    TableSpec wider = new TableSpec("cleanse", "stg_sale", more, Optional.of("sold_on"));

    LakeTable table = lake.table(wider);

    assertEquals(1, rows(table, table.pin()).size());
    more.set(1, Column.of("id", "long"));
    TableSpec changed = new TableSpec("cleanse", "stg_sale", more, Optional.of("sold_on"));
    JobException e = assertThrows(JobException.class, () -> lake.table(changed));
    assertTrue(e.getMessage().contains("a changed type is a new dataset"), e.getMessage());
  }

  private PartitionOutcome publish(Lake lake, LocalDate day, String... ids) {
    LakeTable table = lake.table(SALES);
    Pin base = table.pin();
    return table.commit(base).publish(List.of(built(table, day, ids))).get(0);
  }

  private BuiltPartition built(LakeTable table, LocalDate day, String... ids) {
    LedgerEntry.State state =
        ids.length == 0 ? LedgerEntry.State.EMPTY : LedgerEntry.State.COMMITTED;
    return partition(table, day, state, ids);
  }

  private BuiltPartition held(LakeTable table, LocalDate day, String... ids) {
    return partition(table, day, LedgerEntry.State.HELD, ids);
  }

  private BuiltPartition partition(
      LakeTable table, LocalDate day, LedgerEntry.State state, String... ids) {
    try (DuckDbSession session = engine.open()) {
      List<List<String>> rows = new ArrayList<>();
      for (String id : ids) {
        rows.add(List.of(day.toString(), id, "1.5", day + " 10:00:00", "true", "0.1", "7"));
      }
      session.table("result", SALES.columns(), rows);
      ParquetFile file =
          ParquetFile.write(session, "result", table.schema(Pin.nothing()), List.of("id"));
      String content = ContentHash.of(session, "result", SALES.columns());
      LedgerEntry facts =
          new LedgerEntry(
              "stg_sale",
              day.toString(),
              state,
              "run",
              "recipe",
              "inputs",
              content,
              -1,
              ids.length,
              Map.of(),
              List.of(),
              Map.of(),
              "2026-11-20T00:00:00Z");
      return new BuiltPartition(Partition.of(day), facts, file.path(), file.statistics());
    }
  }

  private List<String> rows(Lake lake) {
    LakeTable table = lake.table(SALES);
    return rows(table, table.pin());
  }

  private List<String> rows(LakeTable table, Pin pin) {
    try (DuckDbSession session = engine.open()) {
      List<String> files =
          table.files(pin, null, null).stream()
              .map(f -> LocalFileIO.path(f.location()).toString())
              .toList();
      ParquetInput.define(
          session, "t", table.schema(pin), SALES.columns(), files, ParquetInput.Reading.VIEW);
      return session.rows("select sold_on, id from t order by sold_on, id").stream()
          .map(r -> r.stream().map(String::valueOf).collect(Collectors.joining(" ")))
          .toList();
    }
  }
}
