package ltv.lake;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.StreamSupport;
import ltv.run.ExitCode;
import ltv.run.JobException;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.FileScanTask;
import org.apache.iceberg.HasTableOperations;
import org.apache.iceberg.Schema;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.Table;
import org.apache.iceberg.TableScan;
import org.apache.iceberg.expressions.Expressions;
import org.apache.iceberg.io.CloseableIterable;
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

  LakeTable(Table table, TableSpec spec, Ledger ledger, String warehouse) {
    this.table = table;
    this.spec = spec;
    this.ledger = ledger;
    this.facts = new LedgerFile(table.io(), warehouse, spec.name());
  }

  /** Looks at the table once; every read and the commit then refer to this moment. */
  public Pin pin() {
    table.refresh();
    Snapshot current = table.currentSnapshot();
    if (current != null && ledger.newestPublished(spec.name()) < current.sequenceNumber()) {
      catchUp(current);
    }

    long upTo =
        current == null
            ? Long.MAX_VALUE
            : ((HasTableOperations) table).operations().current().lastSequenceNumber();
    SortedMap<Partition, LedgerEntry> published = new TreeMap<>();
    Map<Partition, LedgerEntry> held = new TreeMap<>();
    for (Ledger.Line line : ledger.lines(spec.name(), upTo)) {
      Partition partition = Partition.parse(line.entry().partition());
      if (line.entry().published()) {
        published.put(partition, line.entry());
        held.remove(partition);
      } else {
        held.put(partition, line.entry());
      }
    }
    return new Pin(java.util.Optional.ofNullable(current), published, held);
  }

  /** A writer killed between the commit and the ledger left its facts beside the snapshot. */
  private void catchUp(Snapshot current) {
    long known = ledger.newestPublished(spec.name());
    for (Snapshot snapshot : SnapshotUtil.ancestorsOf(current.snapshotId(), table::snapshot)) {
      if (snapshot.sequenceNumber() <= known) {
        return;
      }
      String commitId = snapshot.summary().get(PartitionCommit.COMMIT_ID);
      if (commitId != null) {
        recover(snapshot, commitId);
      }
    }
  }

  private void recover(Snapshot snapshot, String commitId) {
    try {
      String sha256 = snapshot.summary().get(PartitionCommit.FACTS_SHA256);
      ledger.add(
          snapshot.snapshotId(), snapshot.sequenceNumber(), facts.announced(commitId, sha256));
      facts.settle(commitId, snapshot.snapshotId());
      log.info(
          "{}: took over snapshot {} of a run that ended early",
          spec.name(),
          snapshot.snapshotId());
    } catch (IOException | UncheckedIOException e) {
      log.warn(
          "{}: snapshot {} has no readable facts ({}); its partitions will be built again",
          spec.name(),
          snapshot.snapshotId(),
          e.getMessage());
    }
  }

  /** Files of a pinned read, oldest partition first; bounds are inclusive and both optional. */
  public List<DataFile> files(Pin pin, LocalDate from, LocalDate to) {
    if (pin.snapshot().isEmpty()) {
      return List.of();
    }
    TableScan scan = table.newScan().useSnapshot(pin.snapshot().get().snapshotId());
    if (spec.partitionColumn().isPresent()) {
      String column = spec.partitionColumn().get();
      if (from != null) {
        scan = scan.filter(Expressions.greaterThanOrEqual(column, from.toString()));
      }
      if (to != null) {
        scan = scan.filter(Expressions.lessThanOrEqual(column, to.toString()));
      }
    }
    List<DataFile> files = new ArrayList<>();
    try (CloseableIterable<FileScanTask> tasks = scan.planFiles()) {
      tasks.forEach(task -> files.add(task.file()));
    } catch (IOException e) {
      throw new JobException(
          ExitCode.CONFLICT, "Cannot read the manifests of " + spec.name() + ": " + e, e);
    }
    files.sort(java.util.Comparator.comparing(DataFile::location));
    return files;
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
