package ltv.calculate.hold;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import ltv.dataset.Dataset;
import ltv.dataset.Datasets;
import ltv.dataset.Opened;
import ltv.lake.LakeTable;
import ltv.lake.LedgerEntry;
import ltv.lake.Partition;
import ltv.lake.Pin;

/** All that is held in the lake, each dataset after its inputs. */
final class Holds {
  private final Opened opened;

  Holds(Opened opened) {
    this.opened = opened;
  }

  /** What nobody has decided about. */
  List<HeldPartition> open() {
    return all(LedgerEntry::held);
  }

  /**
   * The same, and what was decided: released days that readers see, rejected ones that they don't.
   */
  List<HeldPartition> all() {
    return all(entry -> true);
  }

  private List<HeldPartition> all(Predicate<LedgerEntry> wanted) {
    List<HeldPartition> found = new ArrayList<>();
    for (String job : Datasets.JOBS) {
      for (Dataset dataset : opened.datasets().inOrder(job)) {
        Optional<LakeTable> table = opened.lake().existing(dataset.table());
        if (table.isPresent()) {
          Pin pin = table.get().pin();
          pin.held().values().stream()
              .filter(wanted)
              .forEach(e -> found.add(new HeldPartition(dataset, table.get(), e, pin)));
          pin.published().values().stream()
              .filter(e -> e.hold() != null && wanted.test(e))
              .forEach(e -> found.add(new HeldPartition(dataset, table.get(), e, pin)));
        }
      }
    }
    return found;
  }

  /** Whether a partition that something was built on is published as it was then. */
  boolean isReleased(String name) {
    String[] parts = name.split("/");
    return opened
        .lake()
        .existing(opened.datasets().get(parts[0]).table())
        .map(table -> table.pin().published().get(Partition.parse(parts[1])))
        .filter(entry -> entry.hold() != null && entry.hold().released())
        .isPresent();
  }
}
