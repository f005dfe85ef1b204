package ltv.lake;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.security.DigestInputStream;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.StreamSupport;
import ltv.run.FaultPoint;
import ltv.run.PartitionOutcome;
import ltv.run.PartitionOutcome.CommitUnknown;
import ltv.run.PartitionOutcome.Committed;
import ltv.run.PartitionOutcome.Conflict;
import ltv.run.PartitionOutcome.Held;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.DataFiles;
import org.apache.iceberg.ReplacePartitions;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.Table;
import org.apache.iceberg.exceptions.CommitFailedException;
import org.apache.iceberg.exceptions.CommitStateUnknownException;
import org.apache.iceberg.exceptions.ValidationException;
import org.apache.iceberg.jdbc.UncheckedSQLException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.core.exception.SdkException;

/**
 * Replaces partitions of one table against a pinned base: all of them in one snapshot, or none. The
 * slower of two writers of a partition ends with {@link Conflict}; writers of different partitions
 * do not disturb each other.
 */
public final class PartitionCommit {
  static final String COMMIT_ID = "ltv.commit-id";
  static final String FACTS_SHA256 = "ltv.facts-sha256";
  private static final String RUN_ID = "ltv.run-id";
  private static final Logger log = LoggerFactory.getLogger(PartitionCommit.class);

  private final Table table;
  private final TableSpec spec;
  private final Pin base;
  private final Ledger ledger;
  private final LedgerFile facts;

  PartitionCommit(Table table, TableSpec spec, Pin base, Ledger ledger, LedgerFile facts) {
    this.table = table;
    this.spec = spec;
    this.base = base;
    this.ledger = ledger;
    this.facts = facts;
  }

  /** Publishes the partitions in one snapshot. */
  public List<? extends PartitionOutcome> publish(List<BuiltPartition> partitions) {
    return publish(
        partitions.stream().map(BuiltPartition::facts).toList(),
        (commitId, replace) -> partitions.stream().map(p -> add(p, commitId, replace)).toList());
  }

  /** Publishes files that the table has had before, as one partition. */
  PartitionOutcome putBack(LedgerEntry facts, List<DataFile> files) {
    return publish(
            List.of(facts),
            (commitId, replace) -> {
              files.forEach(replace::addFile);
              return List.of(facts);
            })
        .get(0);
  }

  /** Adds the data files of a commit, and says what the ledger will say of them. */
  private interface Addition {
    List<LedgerEntry> add(String commitId, ReplacePartitions replace);
  }

  private List<? extends PartitionOutcome> publish(
      List<LedgerEntry> partitions, Addition addition) {
    String commitId = UUID.randomUUID().toString();
    try {
      FaultPoint.at("before-upload");
      Prepared prepared = prepare(commitId, addition);
      FaultPoint.at("before-commit");
      prepared.replace.commit();
      FaultPoint.at("after-commit");
      Snapshot snapshot = settle(commitId, prepared.entries);
      return committed(partitions, snapshot);
    } catch (ValidationException | CommitFailedException e) {
      return conflicts(partitions, "another run replaced it since this one began.", e);
    } catch (UncheckedSQLException | CommitStateUnknownException e) {
      return lookAgain(commitId, partitions, e);
    } catch (UncheckedIOException | SdkException e) {
      return conflicts(partitions, unwritable(e), e);
    }
  }

  private List<Committed> committed(List<LedgerEntry> partitions, Snapshot snapshot) {
    return partitions.stream()
        .map(
            p ->
                new Committed(
                    spec.name(), p.partition(), p.rowsOut(), snapshot.snapshotId(), restates(p)))
        .toList();
  }

  private boolean restates(LedgerEntry entry) {
    LedgerEntry before = base.published().get(Partition.parse(entry.partition()));
    return before != null && !before.content().equals(entry.content());
  }

  /**
   * Keeps a partition whose checks failed: staged in the table, tagged so that no expiry removes
   * it, not current.
   */
  public PartitionOutcome hold(BuiltPartition partition, String failedChecks) {
    String commitId = UUID.randomUUID().toString();
    List<LedgerEntry> one = List.of(partition.facts());
    try {
      Prepared prepared = prepare(commitId, (id, replace) -> List.of(add(partition, id, replace)));
      prepared.replace.set("wap.id", commitId).stageOnly().commit();
      table.refresh();
      Snapshot staged = find(commitId);
      String tag = "hold-" + text(partition) + "-" + commitId;
      var tags = table.manageSnapshots().createTag(tag, staged.snapshotId());
      base.snapshot().ifPresent(b -> tags.createTag("hold-base-" + commitId, b.snapshotId()));
      tags.commit();
      ledger.add(staged.snapshotId(), staged.sequenceNumber(), prepared.entries);
      facts.settle(commitId, staged.snapshotId());
      return new Held(spec.name(), text(partition), failedChecks, partition.facts().follows());
    } catch (ValidationException | CommitFailedException e) {
      return conflicts(one, "another run replaced it since this one began.", e).get(0);
    } catch (UncheckedSQLException | CommitStateUnknownException e) {
      return new CommitUnknown(spec.name(), text(partition), String.valueOf(e.getMessage()));
    } catch (UncheckedIOException | SdkException e) {
      return conflicts(one, unwritable(e), e).get(0);
    }
  }

  private String unwritable(RuntimeException e) {
    return "the warehouse "
        + table.location()
        + " cannot be written ("
        + e.getMessage()
        + "); free or mount the disk, or bring the store back.";
  }

  private record Prepared(ReplacePartitions replace, List<LedgerEntry> entries) {}

  private Prepared prepare(String commitId, Addition addition) {
    ReplacePartitions replace = table.newReplacePartitions();
    List<LedgerEntry> entries = addition.add(commitId, replace);
    FaultPoint.at("after-upload");
    String sha256 = facts.announce(commitId, entries);
    base.snapshot().ifPresent(s -> replace.validateFromSnapshot(s.snapshotId()));
    replace
        .validateNoConflictingData()
        .validateNoConflictingDeletes()
        .set(COMMIT_ID, commitId)
        .set(FACTS_SHA256, sha256)
        .set(RUN_ID, entries.get(0).runId());
    return new Prepared(replace, entries);
  }

  /** Adds the files of a partition, which the commit makes visible. */
  private LedgerEntry add(BuiltPartition built, String commitId, ReplacePartitions replace) {
    if (built.rows() instanceof WrittenRows.InPlace there) {
      there.files().forEach(replace::addFile);
      return built.facts().in(there.sha256());
    }
    return upload(built, (WrittenRows.OnScratch) built.rows(), commitId, replace);
  }

  /** Copies the scratch file into the table's folder under a name that nobody has used. */
  private LedgerEntry upload(
      BuiltPartition built,
      WrittenRows.OnScratch rows,
      String commitId,
      ReplacePartitions replace) {
    String name = commitId + "-" + text(built) + ".parquet";
    var partitionPath = spec.partitionColumn().map(c -> c + "=" + text(built));
    String location =
        partitionPath
            .map(p -> table.locationProvider().newDataLocation(p + "/" + name))
            .orElseGet(() -> table.locationProvider().newDataLocation(name));
    Fingerprint sha256 = Fingerprint.start();
    try (InputStream in =
            new DigestInputStream(Files.newInputStream(rows.file()), sha256.digest());
        OutputStream out = table.io().newOutputFile(location).create()) {
      in.transferTo(out);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    replace.addFile(dataFile(rows, location, partitionPath.orElse("")));
    return built.facts().in(Map.of(location, sha256.hex()));
  }

  private DataFile dataFile(WrittenRows.OnScratch rows, String location, String partitionPath) {
    try {
      DataFiles.Builder file =
          DataFiles.builder(table.spec())
              .withPath(location)
              .withFormat("parquet")
              .withFileSizeInBytes(Files.size(rows.file()))
              .withMetrics(rows.statistics().metrics(table.schema()));
      if (!partitionPath.isEmpty()) {
        file.withPartition(DataFiles.data(table.spec(), partitionPath));
      }
      return file.build();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** After the pointer moved nothing may turn success into failure: trouble here only warns. */
  private Snapshot settle(String commitId, List<LedgerEntry> entries) {
    table.refresh();
    Snapshot snapshot = find(commitId);
    try {
      ledger.add(snapshot.snapshotId(), snapshot.sequenceNumber(), entries);
      FaultPoint.at("after-ledger");
      facts.settle(commitId, snapshot.snapshotId());
      FaultPoint.at("after-settled");
    } catch (RuntimeException e) {
      log.warn(
          "{}: committed, but the ledger will learn of it later: {}", spec.name(), e.toString());
    }
    return snapshot;
  }

  private Snapshot find(String commitId) {
    return StreamSupport.stream(table.snapshots().spliterator(), false)
        .filter(s -> commitId.equals(s.summary().get(COMMIT_ID)))
        .findFirst()
        .orElseThrow(() -> new IllegalStateException("No snapshot carries commit " + commitId));
  }

  /** The catalog gave no clear answer: is our snapshot there? */
  private List<? extends PartitionOutcome> lookAgain(
      String commitId, List<LedgerEntry> partitions, RuntimeException cause) {
    try {
      table.refresh();
      Snapshot found = find(commitId);
      log.warn("{}: the catalog's answer was lost, the commit is there", spec.name());
      return committed(partitions, found);
    } catch (RuntimeException e) {
      cause.addSuppressed(e);
    }
    if (String.valueOf(cause.getCause()).contains("SQLITE_BUSY")) {
      return conflicts(partitions, "the state database is locked by another process.", cause);
    }
    log.warn("{}: outcome of the commit unknown", spec.name(), cause);
    return partitions.stream()
        .map(p -> new CommitUnknown(spec.name(), p.partition(), cause.getMessage() + "."))
        .toList();
  }

  private List<Conflict> conflicts(List<LedgerEntry> partitions, String cause, RuntimeException e) {
    log.debug("{}: commit refused", spec.name(), e);
    return partitions.stream().map(p -> new Conflict(spec.name(), p.partition(), cause)).toList();
  }

  private static String text(BuiltPartition partition) {
    return partition.partition().toString();
  }
}
