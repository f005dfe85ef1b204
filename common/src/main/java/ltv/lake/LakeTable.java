package ltv.lake;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.StreamSupport;
import ltv.run.ExitCode;
import ltv.run.JobException;
import ltv.run.PartitionOutcome;
import ltv.run.PartitionOutcome.NotReady;
import ltv.run.PartitionOutcome.Unchanged;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.FileScanTask;
import org.apache.iceberg.HasTableOperations;
import org.apache.iceberg.Schema;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.SnapshotChanges;
import org.apache.iceberg.Table;
import org.apache.iceberg.TableScan;
import org.apache.iceberg.expressions.Expressions;
import org.apache.iceberg.io.CloseableIterable;
import org.apache.iceberg.types.TypeUtil;
import org.apache.iceberg.types.Types.NestedField;
import org.apache.iceberg.util.SnapshotUtil;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One table of the lake: read through a {@link Pin}, written by {@link PartitionCommit}. */
public final class LakeTable {
  private static final Logger log = LoggerFactory.getLogger(LakeTable.class);

  private final Table table;
  private final TableSpec spec;
  private final Ledger ledger;
  private final LedgerFile facts;
  private final Storage warehouse;

  LakeTable(Table table, TableSpec spec, Ledger ledger, Storage warehouse) {
    this.table = table;
    this.spec = spec;
    this.ledger = ledger;
    this.warehouse = warehouse;
    this.facts = new LedgerFile(table.io(), warehouse, spec.name());
  }

  /** Looks at the table once; every read and the commit then refer to this moment. */
  public Pin pin() {
    table.refresh();
    Optional<Snapshot> current = Optional.ofNullable(table.currentSnapshot());
    Map<Partition, Long> lost = current.map(this::catchUp).orElseGet(Map::of);

    long upTo =
        current.isEmpty()
            ? Long.MAX_VALUE
            : ((HasTableOperations) table).operations().current().lastSequenceNumber();
    SortedMap<Partition, LedgerEntry> published = new TreeMap<>();
    Map<Partition, LedgerEntry> held = new TreeMap<>();
    for (Ledger.Line line : ledger.lines(spec.name(), upTo)) {
      Partition partition = Partition.parse(line.entry().partition());
      if (!line.entry().published()) {
        held.put(partition, line.entry());
      } else if (lost.getOrDefault(partition, -1L) < line.sequenceNumber()) {
        published.put(partition, line.entry());
        held.remove(partition);
      }
    }
    return new Pin(current, published, held);
  }

  /**
   * Notes every commit that the ledger does not know: a writer killed between the commit and the
   * ledger left its facts in the warehouse, whatever has been committed since.
   *
   * @return partitions whose newest rows nobody can account for, with the snapshot's sequence
   *     number; they count as not built
   */
  private Map<Partition, Long> catchUp(Snapshot current) {
    Set<Long> known = ledger.snapshots(spec.name());
    Map<Partition, Long> lost = new TreeMap<>();
    for (Snapshot snapshot : SnapshotUtil.ancestorsOf(current.snapshotId(), table::snapshot)) {
      String commitId = snapshot.summary().get(PartitionCommit.COMMIT_ID);
      if (commitId != null && !known.contains(snapshot.snapshotId())) {
        if (!recover(snapshot, commitId)) {
          partitions(snapshot).forEach(p -> lost.putIfAbsent(p, snapshot.sequenceNumber()));
        }
      }
    }
    return lost;
  }

  private boolean recover(Snapshot snapshot, String commitId) {
    long id = snapshot.snapshotId();
    try {
      String sha256 = snapshot.summary().get(PartitionCommit.FACTS_SHA256);
      ledger.add(id, snapshot.sequenceNumber(), facts.of(commitId, id, sha256));
      settle(commitId, id);
      log.info("{}: took over snapshot {} of a run that ended early", spec.name(), id);
      return true;
    } catch (IOException | UncheckedIOException e) {
      log.warn(
          "{}: snapshot {} has no readable facts ({}); its partitions will be built again",
          spec.name(),
          id,
          e.getMessage());
      return false;
    }
  }

  /** The facts are known; that their file could not get its name is for the next who looks. */
  private void settle(String commitId, long snapshotId) {
    try {
      facts.settle(commitId, snapshotId);
    } catch (UncheckedIOException e) {
      log.warn("{}: {}", spec.name(), e.getMessage());
    }
  }

  private List<Partition> partitions(Snapshot snapshot) {
    List<Partition> partitions = new ArrayList<>();
    var changes = SnapshotChanges.builderFor(table).snapshot(snapshot).build();
    for (DataFile file : changes.addedDataFiles()) {
      partitions.add(
          spec.partitionColumn().isEmpty()
              ? Partition.WHOLE
              : Partition.of(LocalDate.ofEpochDay(file.partition().get(0, Integer.class))));
    }
    return partitions;
  }

  /** A pinned read's files, by path; bounds are inclusive and optional. */
  public List<PinnedFile> files(Pin pin, LocalDate from, LocalDate to) {
    if (pin.snapshot().isEmpty()) {
      return List.of();
    }
    TableScan scan = table.newScan().useSnapshot(pin.snapshot().get().snapshotId());
    boolean changed = table.schemas().size() > 1;
    if (changed) { // else every file has the one schema, and its statistics need not be read
      scan = scan.includeColumnStats();
    }
    if (spec.partitionColumn().isPresent()) {
      String column = spec.partitionColumn().get();
      if (from != null) {
        scan = scan.filter(Expressions.greaterThanOrEqual(column, from.toString()));
      }
      if (to != null) {
        scan = scan.filter(Expressions.lessThanOrEqual(column, to.toString()));
      }
    }
    Schema schema = schema(pin);
    boolean sameNames = table.schemas().values().stream().allMatch(s -> onlyLacks(s, schema));
    Set<Integer> ids = TypeUtil.indexById(schema.asStruct()).keySet();
    List<PinnedFile> files = new ArrayList<>();
    try (CloseableIterable<FileScanTask> tasks = scan.planFiles()) {
      for (FileScanTask task : tasks) {
        Map<Integer, Long> columns = task.file().columnSizes();
        files.add(
            new PinnedFile(
                warehouse.local(task.file().location()).toString(),
                task.file().recordCount(),
                !changed || sameNames && columns != null && columns.keySet().equals(ids)));
      }
    } catch (IOException e) {
      throw new JobException(
          ExitCode.CONFLICT, "Cannot read the manifests of " + spec.name() + ": " + e, e);
    }
    files.sort(Comparator.comparing(PinnedFile::path));
    return files;
  }

  /** Whether no column that both have was renamed or widened between the two. */
  private static boolean onlyLacks(Schema other, Schema schema) {
    return other.columns().stream()
        .allMatch(
            was -> {
              NestedField is = schema.findField(was.fieldId());
              return is == null || is.name().equals(was.name()) && is.type().equals(was.type());
            });
  }

  /** Every version of a partition that readers have seen, oldest first. */
  public List<LedgerEntry> versions(Partition partition) {
    List<LedgerEntry> versions = new ArrayList<>();
    ledger.versions(spec.name(), partition.toString()).forEach(l -> versions.add(0, l.entry()));
    return versions;
  }

  /** The first data file of a partition that is not as it was written, in words. */
  public Optional<String> damaged(LedgerEntry entry) {
    return warehouse.damaged(entry.files());
  }

  /** The schema that a pinned read has: columns added since are not in it. */
  public Schema schema(Pin pin) {
    return pin.snapshot()
        .map(s -> s.schemaId() == null ? table.schema() : table.schemas().get(s.schemaId()))
        .orElseGet(table::schema);
  }

  /** What this table was asked to look like. */
  public TableSpec spec() {
    return spec;
  }

  /** Begins a commit against what was pinned. */
  public PartitionCommit commit(Pin base) {
    return new PartitionCommit(table, spec, base, ledger, facts);
  }

  /**
   * Puts back the version that a partition had before its newest one. It stays until a run builds
   * the partition again. A partition that never had other rows is left as it is.
   */
  public PartitionOutcome rollBack(Partition partition, String runId, Instant now) {
    Pin base = pin();
    String name = partition.toString();
    List<Ledger.Line> versions = ledger.versions(spec.name(), name);
    LedgerEntry newest = base.published().get(partition);
    Optional<Ledger.Line> before =
        versions.stream()
            .filter(line -> newest != null && !line.entry().content().equals(newest.content()))
            .findFirst();
    if (before.isEmpty()) {
      return new Unchanged(spec.name(), name);
    }
    Snapshot snapshot = table.snapshot(before.get().snapshotId());
    if (snapshot == null) {
      return new NotReady(
          spec.name(),
          name,
          "the version of "
              + before.get().entry().committedAt()
              + " has expired; vacuum keeps --keep-history.");
    }
    LedgerEntry was = before.get().entry();
    List<DataFile> files = new ArrayList<>();
    SnapshotChanges.builderFor(table)
        .snapshot(snapshot)
        .build()
        .addedDataFiles()
        .forEach(
            file -> {
              if (was.files().containsKey(file.location())) {
                files.add(file.copy());
              }
            });
    return commit(base).putBack(was.again(runId, now), files);
  }

  /** Removes old snapshots and files that no snapshot knows. */
  public Vacuumed vacuum(Retention retention, Instant now) {
    Map<Partition, LedgerEntry> held = pin().held();
    Set<Long> snapshots = new HashSet<>();
    ledger.lines(spec.name(), Long.MAX_VALUE).stream()
        .filter(line -> held.containsValue(line.entry()))
        .forEach(line -> snapshots.add(line.snapshotId()));
    return new TableUpkeep(table, facts, warehouse).vacuum(retention, now, snapshots);
  }

  /** The commit that made the current snapshot. */
  String newestCommit() {
    table.refresh();
    return table.currentSnapshot().summary().get(PartitionCommit.COMMIT_ID);
  }

  /** How many snapshots the table keeps, held ones included. */
  public long snapshots() {
    table.refresh();
    return StreamSupport.stream(table.snapshots().spliterator(), false).count();
  }
}
