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
 * @param held partitions whose newest build failed a check
 */
public record Pin(
    Optional<Snapshot> snapshot,
    SortedMap<Partition, LedgerEntry> published,
    Map<Partition, LedgerEntry> held) {

  /** A pin on a table that does not exist, or whose source this site lacks. */
  public static Pin nothing() {
    return new Pin(Optional.empty(), new TreeMap<>(), Map.of());
  }

  /** The newest build of a partition, published or held. */
  public Optional<LedgerEntry> newest(Partition partition) {
    return Optional.ofNullable(held.getOrDefault(partition, published.get(partition)));
  }

  /** The pinned snapshot's id as text, {@code none} for a table that nobody has written yet. */
  public String snapshotName() {
    return snapshot.map(s -> "" + s.snapshotId()).orElse("none");
  }
}
