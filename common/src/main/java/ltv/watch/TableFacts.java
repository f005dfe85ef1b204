package ltv.watch;

import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import ltv.lake.AddedFiles;
import ltv.lake.LakeTable;
import ltv.lake.LedgerEntry;
import ltv.lake.Partition;
import ltv.lake.Pin;
import ltv.lake.TableSpec;
import ltv.run.PartitionOutcome.Committed;
import ltv.run.Run;
import ltv.run.RunReport;

/**
 * One table as a run leaves it.
 *
 * @param built what the run built of it, published or held
 * @param newest day that readers see; empty for a dateless table, or one without a day
 * @param heldPartitions partitions whose newest build is held
 * @param snapshot that is current, as text
 * @param added what the run's snapshots brought
 */
record TableFacts(
    TableSpec spec,
    List<LedgerEntry> built,
    Optional<LocalDate> newest,
    int heldPartitions,
    String snapshot,
    AddedFiles added) {

  static TableFacts of(LakeTable table, Run run, RunReport report) {
    Set<Long> snapshots =
        report.outcomes().stream()
            .filter(Committed.class::isInstance)
            .map(Committed.class::cast)
            .filter(committed -> committed.dataset().equals(table.spec().name()))
            .map(Committed::snapshotId)
            .collect(Collectors.toSet());
    Pin pin = table.pin();
    SortedMap<Partition, LedgerEntry> published = pin.published();
    List<LedgerEntry> built =
        Stream.concat(published.values().stream(), pin.held().values().stream())
            .filter(entry -> entry.runId().equals(run.id()))
            .toList();
    return new TableFacts(
        table.spec(),
        built,
        published.isEmpty() ? Optional.empty() : published.lastKey().day(),
        pin.held().size(),
        pin.snapshotName(),
        table.added(snapshots));
  }

  /** Rows that the run marked as removed, by reason. */
  Map<String, Long> removed() {
    Map<String, Long> removed = new TreeMap<>();
    built.forEach(entry -> entry.removed().forEach((why, n) -> removed.merge(why, n, Long::sum)));
    return removed;
  }

  /** Folders of the landing that it was read from. */
  Set<String> sources() {
    return built.stream()
        .flatMap(entry -> entry.sources().keySet().stream())
        .map(file -> file.replaceFirst("/account=.*", ""))
        .collect(Collectors.toCollection(TreeSet::new));
  }
}
