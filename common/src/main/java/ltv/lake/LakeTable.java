package ltv.lake;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.StreamSupport;
import ltv.run.PartitionOutcome;
import ltv.run.PartitionOutcome.NotReady;
import ltv.run.PartitionOutcome.Rejected;
import ltv.run.PartitionOutcome.Unchanged;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.HasTableOperations;
import org.apache.iceberg.Schema;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.SnapshotChanges;
import org.apache.iceberg.Table;
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

  /** The one moment that is looked at; null where each pin is a new one. */
  private final Pin moment;

  LakeTable(Table table, TableSpec spec, Ledger ledger, Storage warehouse) {
    this(table, spec, ledger, warehouse, null);
  }

  private LakeTable(Table table, TableSpec spec, Ledger ledger, Storage warehouse, Pin moment) {
    this.table = table;
    this.spec = spec;
    this.ledger = ledger;
    this.warehouse = warehouse;
    this.facts = new LedgerFile(table.io(), warehouse, spec.name());
    this.moment = moment;
  }

  /** The same table, which is not looked at again: every pin is of the moment it was loaded at. */
  LakeTable asItIs() {
    return new LakeTable(table, spec, ledger, warehouse, pinned());
  }

  /** Looks at the table once; every read and the commit then refer to this moment. */
  public Pin pin() {
    if (moment != null) {
      return moment;
    }
    table.refresh();
    return pinned();
  }

  private Pin pinned() {
    Optional<Snapshot> current = Optional.ofNullable(table.currentSnapshot());
    Map<Partition, Long> lost = current.map(this::catchUp).orElseGet(Map::of);

    long upTo =
        current.isEmpty()
            ? Long.MAX_VALUE
            : ((HasTableOperations) table).operations().current().lastSequenceNumber();
    SortedMap<Partition, LedgerEntry> published = new TreeMap<>();
    Map<Partition, LedgerEntry> held = new TreeMap<>();
    Map<Partition, Long> staged = new TreeMap<>();
    for (Ledger.Line line : ledger.lines(spec.name(), upTo)) {
      Partition partition = Partition.parse(line.entry().partition());
      if (!line.entry().published()) {
        held.put(partition, line.entry());
        staged.put(partition, line.snapshotId());
      } else if (lost.getOrDefault(partition, -1L) < line.sequenceNumber()) {
        published.put(partition, line.entry());
        held.remove(partition);
      }
    }
    return new Pin(current, published, held, staged, Optional.empty());
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
    return new TableFiles(table, spec, warehouse).of(pin, schema(pin), from, to);
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

  /** Lets the table say of itself what it was asked to, where it says something else. */
  public void tell() {
    TableWords.told(table, spec);
  }

  /** What the table says of itself; empty for one of before tables did. */
  public Optional<String> words() {
    return TableWords.of(table);
  }

  /** What this table was asked to look like. */
  public TableSpec spec() {
    return spec;
  }

  /** What these snapshots brought; those that have expired count for nothing. */
  public AddedFiles added(Set<Long> snapshots) {
    return AddedFiles.of(table, snapshots);
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
    return commit(base)
        .putBack(
            was.again(runId, now),
            new TableFiles(table, spec, warehouse).added(snapshot.snapshotId(), was));
  }

  /**
   * Publishes a held partition exactly as it was built.
   *
   * @return committed; unchanged when it is not held; a conflict when somebody was faster
   */
  public PartitionOutcome release(Partition partition, Hold.Decision decision, String runId) {
    Pin base = pin();
    LedgerEntry held = base.held().get(partition);
    if (held == null || !held.held()) {
      return new Unchanged(spec.name(), partition.toString());
    }
    LedgerEntry released = held.decided(decision, runId);
    return commit(base)
        .putBack(
            released,
            new TableFiles(table, spec, warehouse).added(base.staged().get(partition), released));
  }

  /** Notes that a held partition is not to be published; what it would have shown stays out. */
  public PartitionOutcome reject(Partition partition, Hold.Decision decision, String runId) {
    Pin base = pin();
    LedgerEntry held = base.held().get(partition);
    if (held == null || !held.held()) {
      return new Unchanged(spec.name(), partition.toString());
    }
    long snapshotId = base.staged().get(partition);
    LedgerEntry rejected = held.decided(decision, runId);
    facts.decide(snapshotId, List.of(rejected));
    ledger.add(snapshotId, table.snapshot(snapshotId).sequenceNumber(), List.of(rejected));
    return new Rejected(spec.name(), partition.toString(), decision.toString());
  }

  /** Removes old snapshots and files that no snapshot knows. */
  public Vacuumed vacuum(Retention retention, Instant now) {
    Pin pin = pin();
    Set<Long> snapshots = new HashSet<>();
    pin.held().entrySet().stream()
        .filter(held -> held.getValue().held())
        .forEach(held -> snapshots.add(pin.staged().get(held.getKey())));
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
