package ltv.calculate.hold;

import java.time.LocalDate;
import java.util.List;
import ltv.dataset.Dataset;
import ltv.lake.Hold;
import ltv.lake.LakeTable;
import ltv.lake.LedgerEntry;
import ltv.lake.Partition;
import ltv.lake.Pin;

/**
 * A partition whose newest build is not published, or that a person let be.
 *
 * @param entry what the ledger says of that build
 * @param pin the table as it is
 */
record HeldPartition(Dataset dataset, LakeTable table, LedgerEntry entry, Pin pin) {

  /** As people name it: {@code dataset/day}. */
  String name() {
    return dataset.name() + "/" + entry.partition();
  }

  Partition partition() {
    return Partition.parse(entry.partition());
  }

  boolean isOf(LocalDate day) {
    return partition().day().filter(day::equals).isPresent();
  }

  /** Why; a build from before reasons were noted failed a check. */
  Hold hold() {
    return entry.hold() != null
        ? entry.hold()
        : Hold.open(List.of("a check failed when it was built"), List.of(), true);
  }

  /** Whether it is held for what it was built on, and for nothing of its own. */
  boolean follows() {
    return entry.follows();
  }

  /** One word: unusual, broken, follows, or what was decided. */
  String kind() {
    if (!entry.held()) {
      return hold().released() ? "released" : "rejected";
    }
    return hold().broken() ? "broken" : follows() ? "follows" : "unusual";
  }

  /** Rows that readers see of it now, in words. */
  String seen() {
    LedgerEntry published = pin.published().get(partition());
    return published == null
        ? "nothing of the day"
        : "the %,d rows of run %s".formatted(published.rowsOut(), published.runId());
  }
}
