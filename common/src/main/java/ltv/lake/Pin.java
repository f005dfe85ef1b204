package ltv.lake;

import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.iceberg.Snapshot;

/**
 * One table as it was at one moment. What is read through a pin, and what is committed against it,
 * does not change when somebody else commits.
 *
 * @param snapshot empty for a table that nobody has written yet
 * @param published what readers of this snapshot see, by partition
 * @param held partitions whose newest build is not published: held, or rejected by a person
 * @param staged the snapshots that carry these
 * @param shown a held partition that this pin shows as if it were published; empty for most
 */
public record Pin(
    Optional<Snapshot> snapshot,
    SortedMap<Partition, LedgerEntry> published,
    Map<Partition, LedgerEntry> held,
    Map<Partition, Long> staged,
    Optional<Partition> shown) {

  /** A pin on a table that does not exist, or whose source this site lacks. */
  public static Pin nothing() {
    return new Pin(Optional.empty(), new TreeMap<>(), Map.of(), Map.of(), Optional.empty());
  }

  /** The newest build of a partition, published or held. */
  public Optional<LedgerEntry> newest(Partition partition) {
    return Optional.ofNullable(held.getOrDefault(partition, published.get(partition)));
  }

  /**
   * The table as it would be if one partition were published that is held: what is built on held
   * rows reads this. The same table where the partition is not held.
   */
  public Pin showing(Partition partition) {
    LedgerEntry entry = held.get(partition);
    if (entry == null || !entry.held()) {
      return this;
    }
    SortedMap<Partition, LedgerEntry> with = new TreeMap<>(published);
    with.put(partition, entry);
    return new Pin(snapshot, with, held, staged, Optional.of(partition));
  }

  /** The pinned snapshot's id as text, {@code none} for a table that nobody has written yet. */
  public String snapshotName() {
    return snapshot.map(s -> "" + s.snapshotId()).orElse("none");
  }
}
