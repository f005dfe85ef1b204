package ltv.lake;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import ltv.lake.Storage.StoredFile;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.Table;
import org.apache.iceberg.TableMetadata;
import org.apache.iceberg.TableMetadataParser;

/**
 * Finds in the warehouse what the state database should say. A table's newest metadata file is the
 * one whose current snapshot has its facts settled: a writer that was killed before its commit may
 * have left a newer file, and that commit never came to be.
 */
final class Recovery {
  private static final String ENDING = ".metadata.json";

  private final Storage warehouse;
  private final TableSpec spec;
  private final LedgerFile facts;

  Recovery(Storage warehouse, TableSpec spec) {
    this.warehouse = warehouse;
    this.spec = spec;
    this.facts = new LedgerFile(warehouse.io(), warehouse, spec.name());
  }

  /** Where the metadata of the newest commit lies; empty when the table was never written. */
  Optional<String> newestMetadata() {
    String folder = warehouse.location(spec.namespace() + "/" + spec.name() + "/metadata");
    return warehouse.list(folder).stream()
        .map(StoredFile::location)
        .filter(location -> location.endsWith(ENDING))
        .sorted(Comparator.comparing(Recovery::version).reversed())
        .filter(this::isCommitted)
        .findFirst();
  }

  /** Files are named {@code 00012-<uuid>.gz.metadata.json}. */
  private static int version(String location) {
    String name = location.substring(location.lastIndexOf('/') + 1);
    return Integer.parseInt(name.substring(0, name.indexOf('-')));
  }

  private boolean isCommitted(String location) {
    TableMetadata metadata = TableMetadataParser.read(warehouse.io(), location);
    Snapshot current = metadata.currentSnapshot();
    return current == null || facts.isSettled(current.snapshotId());
  }

  /**
   * The ledger's lines. A snapshot that has expired has lost its place in the order: its facts
   * count where no later snapshot has any, the newest of them by their time.
   */
  List<Ledger.Line> lines(Table table) {
    Map<String, LedgerEntry> expired = new HashMap<>();
    Map<String, Long> snapshotOf = new HashMap<>();
    List<Ledger.Line> lines = new ArrayList<>();
    facts
        .all()
        .forEach(
            (id, entries) -> {
              Snapshot snapshot = table.snapshot(id);
              for (LedgerEntry entry : entries) {
                if (snapshot != null) {
                  lines.add(new Ledger.Line(id, snapshot.sequenceNumber(), entry));
                } else {
                  String key = entry.partition() + entry.published();
                  LedgerEntry other = expired.get(key);
                  if (other == null || other.committedAt().compareTo(entry.committedAt()) < 0) {
                    expired.put(key, entry);
                    snapshotOf.put(key, id);
                  }
                }
              }
            });
    expired.forEach((key, entry) -> lines.add(new Ledger.Line(snapshotOf.get(key), 0, entry)));
    return lines;
  }
}
