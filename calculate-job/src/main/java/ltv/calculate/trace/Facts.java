package ltv.calculate.trace;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import ltv.lake.LedgerEntry;
import ltv.lake.Partition;

/**
 * What the ledger knows of the partitions that rows lie in.
 *
 * @param snapshot of the table that was read
 * @param partitions how many there are
 * @param shown the newest of them
 * @param removed rows that do not count in all of them, by reason
 * @param missing what they were built without
 * @param held those of which a newer build waits for a person
 */
public record Facts(
    String snapshot,
    long partitions,
    List<LedgerEntry> shown,
    Map<String, Long> removed,
    SortedSet<String> missing,
    List<String> held) {
  private static final int SHOWN = 3;

  /** Of these partitions of a dataset. */
  static Facts of(Known dataset, SortedSet<Partition> partitions) {
    Map<String, Long> removed = new TreeMap<>();
    SortedSet<String> missing = new TreeSet<>();
    List<LedgerEntry> entries = new ArrayList<>();
    List<String> held = new ArrayList<>();
    for (Partition partition : partitions) {
      LedgerEntry entry = dataset.pin().published().get(partition);
      if (entry != null) {
        entries.add(0, entry);
        entry.removed().forEach((reason, rows) -> removed.merge(reason, rows, Long::sum));
        missing.addAll(entry.missing());
      }
      if (dataset.pin().held().containsKey(partition)) {
        held.add(partition.toString());
      }
    }
    return new Facts(
        dataset.pin().snapshotName(),
        partitions.size(),
        entries.subList(0, Math.min(SHOWN, entries.size())),
        removed,
        missing,
        held);
  }

  /** When the newest of them was committed, ISO; empty when the ledger knows none. */
  public String newest() {
    return shown.stream().map(LedgerEntry::committedAt).max(String::compareTo).orElse("");
  }
}
