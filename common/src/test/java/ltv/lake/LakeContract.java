package ltv.lake;

import static ltv.lake.SalesLake.D1;
import static ltv.lake.SalesLake.SALES;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.Collectors;
import ltv.run.ExitCode;
import ltv.run.JobException;
import ltv.run.PartitionOutcome;
import ltv.run.PartitionOutcome.Committed;
import ltv.run.PartitionOutcome.Conflict;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a table promises to its writers and readers, wherever its files and its state lie. */
abstract class LakeContract {
  private static final LocalDate D2 = D1.plusDays(1);

  @TempDir Path folder;
  SalesLake lake;

  /** Opens the lake of this name; the same name is the same lake. */
  abstract SalesLake open(String name);

  /** Opens the files of this lake with a state database that knows nothing of them. */
  abstract SalesLake openForgotten(String name);

  @BeforeEach
  void open() {
    lake = open("sales");
  }

  @AfterEach
  void close() {
    lake.close();
  }

  @Test
  void a_commit_replaces_its_partition_and_no_other() {
    lake.publish(D1, "a", "b");
    lake.publish(D2, "c");
    lake.publish(D1, "x");

    assertEquals(List.of("2026-11-01 x", "2026-11-02 c"), lake.rows());
  }

  @Test
  void the_slower_twin_of_a_partition_ends_with_a_conflict_and_leaves_no_row() {
    Pin base = lake.pin();
    lake.publish(D1, "first");

    PartitionOutcome late = lake.publish(base, D1, "late");

    assertInstanceOf(Conflict.class, late);
    assertEquals(ExitCode.CONFLICT, late.exitCode());
    assertEquals(List.of("2026-11-01 first"), lake.rows());
  }

  @Test
  void writers_of_other_partitions_from_the_same_base_both_commit() {
    lake.publish(D1, "a");
    Pin base = lake.pin();
    lake.publish(D2, "b");

    assertInstanceOf(Committed.class, lake.publish(base, D1.plusDays(2), "c"));
    assertEquals(3, lake.rows().size());
  }

  @Test
  void a_writer_in_several_commits_is_fenced_by_its_first_look_in_all_of_them() {
    lake.publish(D1, "a");
    Pin base = lake.pin();

    PartitionOutcome mine = lake.publish(base, D1, "mine");
    lake.publish(D2, "somebody else's");
    PartitionOutcome late = lake.publish(base, D2, "older than that");

    assertInstanceOf(Committed.class, mine);
    assertInstanceOf(Conflict.class, late);
    assertEquals(List.of("2026-11-01 mine", "2026-11-02 somebody else's"), lake.rows());
  }

  @RepeatedTest(5) // a race: each lake is new, and who loses it differs
  void four_first_writers_of_a_new_lake_all_commit_their_days() throws Exception {
    String fresh = "fresh" + UUID.randomUUID().toString().replace("-", "");
    ExecutorService pool = Executors.newFixedThreadPool(4);
    List<Callable<PartitionOutcome>> writers = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      LocalDate day = D1.plusDays(i);
      writers.add(
          () -> {
            try (SalesLake own = open(fresh)) {
              return own.publish(day, "r" + day.getDayOfMonth());
            }
          });
    }

    for (var outcome : pool.invokeAll(writers)) {
      assertInstanceOf(Committed.class, outcome.get());
    }

    pool.shutdown();
    try (SalesLake own = open(fresh)) {
      assertEquals(4, own.rows().size());
    }
  }

  @Test
  void an_empty_partition_is_known_to_be_built() {
    lake.publish(D1);

    Pin pin = lake.pin();

    assertEquals(LedgerEntry.State.EMPTY, pin.published().get(Partition.of(D1)).state());
    assertTrue(!pin.published().containsKey(Partition.of(D2)), "a day that was never built");
    assertEquals(List.of(), lake.rows());
  }

  @Test
  void a_pinned_reader_does_not_see_a_later_commit() {
    lake.publish(D1, "a");
    Pin before = lake.pin();
    lake.publish(D1, "b");

    assertEquals(List.of("2026-11-01 a"), lake.rows(before));
  }

  @Test
  void a_held_partition_is_kept_but_not_current() {
    lake.publish(D1, "good");
    Pin base = lake.pin();

    PartitionOutcome outcome =
        lake.table()
            .commit(base)
            .hold(lake.built(D1, LedgerEntry.State.HELD, "bad"), "range: broken.");

    assertEquals(ExitCode.HELD, outcome.exitCode());
    assertEquals(List.of("2026-11-01 good"), lake.rows());
    assertEquals(LedgerEntry.State.HELD, lake.pin().newest(Partition.of(D1)).orElseThrow().state());
    lake.publish(D1, "mended");
    assertEquals(List.of("2026-11-01 mended"), lake.rows());
  }

  /** Else a large table may become the hash table that the rows of a small one look into. */
  @Test
  void the_engine_knows_how_many_rows_a_table_has() {
    lake.publish(D1);
    lake.publish(D2, "a", "b", "c");

    String plan = lake.rows(lake.table(), lake.pin(), "explain select id from t").toString();

    assertTrue(plan.contains("~6 rows"), "two files like the larger: " + plan);
  }

  @Test
  void new_columns_come_by_themselves_and_a_changed_type_is_refused() {
    lake.publish(D1, "a");
    List<Column> more = new ArrayList<>(SALES.columns());
    more.add(Column.of("note", "string"));

    LakeTable wider = lake.table(spec(more));

    wider
        .commit(wider.pin())
        .publish(List.of(lake.built(spec(more), D2, LedgerEntry.State.COMMITTED, "b", "c")));
    assertEquals(
        List.of("2026-11-01 a null", "2026-11-02 b b", "2026-11-02 c c"),
        lake.rows(wider, wider.pin(), "select sold_on, id, note from t order by id"));
    assertEquals(
        Map.of(1L, false, 2L, true),
        wider.files(wider.pin(), null, null).stream()
            .collect(Collectors.toMap(PinnedFile::rows, PinnedFile::asPinned)),
        "only files that lack the column are read by field id; files come in any order");
    more.set(1, Column.of("id", "long"));
    JobException e = assertThrows(JobException.class, () -> lake.table(spec(more)));
    assertTrue(e.getMessage().contains("a changed type is a new dataset"), e.getMessage());
  }

  @Test
  void a_column_that_a_dataset_no_longer_has_stays_empty() {
    List<Column> more = new ArrayList<>(SALES.columns());
    more.add(Column.of("note", "string"));
    LakeTable wider = lake.table(spec(more));
    wider
        .commit(wider.pin())
        .publish(List.of(lake.built(spec(more), D1, LedgerEntry.State.COMMITTED, "a")));

    lake.publish(D2, "b");

    wider = lake.table(spec(more));
    assertEquals(
        List.of("2026-11-01 a a", "2026-11-02 b null"),
        lake.rows(wider, wider.pin(), "select sold_on, id, note from t order by id"));
    assertEquals(List.of("2026-11-01 a", "2026-11-02 b"), lake.rows());
  }

  @Test
  void vacuum_removes_old_versions_and_what_nobody_knows_and_no_row() {
    lake.publish(D1, "old");
    Pin base = lake.pin();
    lake.publish(D1, "new");
    assertInstanceOf(Conflict.class, lake.publish(base, D1, "too late"));
    lake.publish(D2);
    LakeTable table = lake.table();
    Retention none = new Retention(Duration.ZERO, 1, Duration.ZERO);
    Instant later = Clock.systemUTC().instant().plusSeconds(60);

    Vacuumed gone = table.vacuum(none, later);
    Vacuumed again = table.vacuum(none, later);

    assertEquals(2, gone.snapshots());
    assertTrue(gone.files() >= 2, "the late data file and its announcement: " + gone);
    assertEquals(0, again.files(), "nothing is left");
    assertEquals(List.of("2026-11-01 new"), lake.rows());
    assertEquals(1, lake.pin().published().get(Partition.of(D1)).rowsOut());
    assertInstanceOf(Committed.class, lake.publish(D1, "newer"));
  }

  @Test
  void vacuum_leaves_young_files_and_what_is_held() {
    lake.publish(D1, "good");
    Pin base = lake.pin();
    lake.table().commit(base).hold(lake.built(D1, LedgerEntry.State.HELD, "bad"), "broken.");
    Instant now = Clock.systemUTC().instant();

    Vacuumed young = lake.table().vacuum(new Retention(Duration.ZERO, 1, Duration.ofDays(3)), now);

    assertEquals(0, young.files());
    Retention none = new Retention(Duration.ZERO, 1, Duration.ZERO);
    assertEquals(0, lake.table().vacuum(none, now.plusSeconds(60)).files(), "held files are known");
    assertEquals(LedgerEntry.State.HELD, lake.pin().newest(Partition.of(D1)).orElseThrow().state());
    lake.publish(D1, "mended");
    lake.table().vacuum(none, now.plusSeconds(60));
    assertEquals(1, lake.table().snapshots(), "a hold that was overtaken keeps nothing");
  }

  @Test
  void of_a_partition_that_was_held_twice_only_the_newer_hold_is_kept() {
    lake.publish(D1, "good");
    Pin base = lake.pin();
    lake.table().commit(base).hold(lake.built(D1, LedgerEntry.State.HELD, "bad"), "broken.");
    lake.publish(D2, "other");
    lake.table()
        .commit(lake.pin())
        .hold(lake.built(D1, LedgerEntry.State.HELD, "still bad"), "broken.");

    lake.table()
        .vacuum(
            new Retention(Duration.ZERO, 1, Duration.ZERO),
            Clock.systemUTC().instant().plusSeconds(60));

    assertEquals(2, lake.table().snapshots(), "the published one, and the newer hold");
    assertEquals(LedgerEntry.State.HELD, lake.pin().newest(Partition.of(D1)).orElseThrow().state());
  }

  @Test
  void an_empty_state_database_learns_everything_from_the_warehouse() {
    lake.publish(D1, "old");
    Pin stale = lake.pin();
    lake.publish(D1, "new");
    lake.publish(D2, "x");
    lake.table()
        .vacuum(new Retention(Duration.ZERO, 1, Duration.ZERO), Clock.systemUTC().instant());
    lake.table()
        .commit(lake.pin())
        .hold(lake.built(D2, LedgerEntry.State.HELD, "bad"), "range: broken.");
    lake.publish(stale, D1, "too late");
    Pin before = lake.pin();

    try (SalesLake forgotten = openForgotten("sales")) {
      assertTrue(forgotten.recover() > 0);

      Pin after = forgotten.pin();
      assertEquals(before.published(), after.published());
      assertEquals(before.held(), after.held());
      assertEquals(before.snapshotName(), after.snapshotName());
      assertEquals(lake.rows(), forgotten.rows());
      forgotten.recover();
      assertEquals(before.published(), forgotten.pin().published(), "recovering twice is harmless");
      assertInstanceOf(Committed.class, forgotten.publish(D1, "goes on"));
    }
  }

  @Test
  void an_empty_state_database_learns_what_was_decided_too() {
    Hold.Decision no = new Hold.Decision(false, "kim", "sent twice", "2026-11-03T00:00:00Z");
    Hold.Decision yes = new Hold.Decision(true, "kim", "a sale", "2026-11-03T00:00:00Z");
    lake.publish(D1, "old");
    hold(D1, "odd");
    hold(D2, "odd too");

    assertInstanceOf(Committed.class, lake.table().release(Partition.of(D1), yes, "run-2"));
    assertEquals("rejected", lake.table().reject(Partition.of(D2), no, "run-2").state());

    try (SalesLake forgotten = openForgotten("sales")) {
      forgotten.recover();
      assertEquals(List.of("2026-11-01 odd"), forgotten.rows());
      Pin pin = forgotten.pin();
      assertEquals(yes, pin.published().get(Partition.of(D1)).hold().decision());
      assertEquals(no, pin.held().get(Partition.of(D2)).hold().decision());
      assertEquals(LedgerEntry.State.REJECTED, pin.held().get(Partition.of(D2)).state());
    }
  }

  private void hold(LocalDate day, String id) {
    lake.table().commit(lake.pin()).hold(lake.built(day, LedgerEntry.State.HELD, id), "unusual.");
  }

  @Test
  void a_partition_is_put_back_to_the_version_before_its_newest() {
    Instant now = Clock.systemUTC().instant();
    lake.publish(D1, "good");
    lake.publish(D2, "b");
    lake.publish(D1, "bad");

    PartitionOutcome back = lake.table().rollBack(Partition.of(D1), "run-2", now);

    assertInstanceOf(Committed.class, back);
    assertEquals(List.of("2026-11-01 good", "2026-11-02 b"), lake.rows());
    assertEquals("run-2", lake.pin().published().get(Partition.of(D1)).runId());
    PartitionOutcome only = lake.table().rollBack(Partition.of(D2), "run-2", now);
    assertEquals("unchanged", only.state(), "it never had other rows");
    lake.publish(D1, "mended");
    assertEquals(List.of("2026-11-01 mended", "2026-11-02 b"), lake.rows());
  }

  private static TableSpec spec(List<Column> columns) {
    return new TableSpec("cleanse", "stg_sale", columns, Optional.of("sold_on"));
  }
}
