package ltv.dataset;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import ltv.lake.Lake;
import ltv.lake.LakeTable;
import ltv.lake.LedgerEntry;
import ltv.lake.Partition;
import ltv.lake.Pin;
import ltv.run.Days;
import ltv.run.RunFlags;
import ltv.run.RunReport;

/** Says of each partition whether it is built, and by which run. */
public final class Status {
  private final Lake lake;

  public Status(Lake lake) {
    this.lake = lake;
  }

  /** One line per partition of the days, and a count in the report. */
  public void print(Dataset dataset, Days days, RunFlags flags, RunReport report) {
    Pin pin = lake.existing(dataset.table()).map(LakeTable::pin).orElseGet(Pin::nothing);
    List<Partition> partitions =
        dataset.schema().partition() == null
            ? List.of(Partition.WHOLE)
            : days.all().stream().map(Partition::of).toList();
    long built = 0;
    for (Partition partition : partitions) {
      Optional<LedgerEntry> entry = pin.newest(partition);
      built += entry.filter(LedgerEntry::published).isPresent() ? 1 : 0;
      if (flags.text()) {
        System.out.printf(
            "%-34s %-10s  %s%n",
            dataset.name(), partition, entry.map(Status::line).orElse("missing"));
      }
    }
    report.fact("status." + dataset.name(), built + " of " + partitions.size() + " built");
  }

  private static String line(LedgerEntry entry) {
    return "%-9s %,12d rows  content %s  run %s  %s"
        .formatted(
            entry.state().name().toLowerCase(Locale.ROOT),
            entry.rowsOut(),
            entry.content().substring(0, Math.min(16, entry.content().length())),
            entry.runId(),
            entry.missing().isEmpty() ? "" : "without " + entry.missing());
  }
}
