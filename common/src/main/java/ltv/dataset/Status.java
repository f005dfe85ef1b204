package ltv.dataset;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import ltv.dataset.PartitionPlan.Action;
import ltv.lake.LedgerEntry;
import ltv.lake.Partition;
import ltv.lake.Pin;
import ltv.run.Days;
import ltv.run.RunFlags;
import ltv.run.RunReport;

/**
 * Says of each partition what it is: built, empty, stale (built from something that has changed),
 * held, missing, waiting for an input; final where no daily run looks at it any more. Ends with the
 * command that mends what can be mended now, and what follows from that.
 */
public final class Status {
  private final String job;
  private final RunFlags flags;
  private final RunReport report;
  private final SortedSet<String> mendable = new TreeSet<>();

  /** By dataset the days that a run would build, or would build once their inputs are. */
  private final Map<String, NavigableSet<LocalDate>> toCome = new HashMap<>();

  /** The status of one job's datasets. */
  public Status(String job, RunFlags flags, RunReport report) {
    this.job = job;
    this.flags = flags;
    this.report = report;
  }

  /**
   * Tells of one dataset.
   *
   * @param plans what a run would do with each partition now
   * @param lookbackDays how far back daily runs look
   */
  public void tell(Dataset dataset, List<PartitionPlan> plans, Pin pin, int lookbackDays) {
    Optional<LocalDate> finalUntil =
        pin.published().isEmpty()
            ? Optional.empty()
            : pin.published().lastKey().day().map(newest -> newest.minusDays(lookbackDays));
    long built = 0;
    List<String> others = new ArrayList<>();
    for (PartitionPlan plan : plans) {
      Optional<LedgerEntry> entry = pin.newest(plan.partition());
      String state = state(plan, entry);
      if (state.equals("built") || state.equals("empty")) {
        built++;
      } else {
        others.add(plan.partition() + " " + state);
      }
      boolean owed = plan.action() == Action.BUILD && (entry.isEmpty() || state.equals("stale"));
      boolean follows =
          entry.isPresent() && plan.partition().day().filter(d -> follows(dataset, d)).isPresent();
      if (owed || follows) {
        mendable.add(plan.partition().day().map(LocalDate::toString).orElse(""));
        plan.partition()
            .day()
            .ifPresent(toCome.computeIfAbsent(dataset.name(), n -> new TreeSet<>())::add);
      }
      if (flags.text()) {
        boolean isFinal =
            plan.partition()
                .day()
                .filter(d -> finalUntil.filter(d::isBefore).isPresent())
                .isPresent();
        System.out.printf(
            "%-36s %-10s  %-8s%s%n",
            dataset.name(), plan.partition(), state, details(plan, entry, state, isFinal));
      }
    }
    report.fact(
        "status." + dataset.name(),
        built
            + " of "
            + plans.size()
            + " built"
            + (others.isEmpty()
                ? ""
                : "; " + String.join(", ", others.subList(0, Math.min(others.size(), 5)))));
  }

  /** Whether something that the day sees will be built, so that the day may be stale then. */
  private boolean follows(Dataset dataset, LocalDate day) {
    return dataset.schema().inputs().entrySet().stream()
        .filter(input -> toCome.containsKey(input.getKey()))
        .anyMatch(
            input ->
                !toCome
                    .get(input.getKey())
                    .subSet(
                        input.getValue().firstDay(day), true, input.getValue().lastDay(day), true)
                    .isEmpty());
  }

  private static String state(PartitionPlan plan, Optional<LedgerEntry> entry) {
    if (entry.isEmpty()) {
      return plan.action() == Action.WAIT ? "waiting" : "missing";
    }
    if (!entry.get().published()) {
      return "held";
    }
    return plan.action() == Action.BUILD
        ? "stale"
        : entry.get().state() == LedgerEntry.State.EMPTY ? "empty" : "built";
  }

  private static String details(
      PartitionPlan plan, Optional<LedgerEntry> entry, String state, boolean isFinal) {
    if (entry.isEmpty()) {
      return "  " + plan.reason();
    }
    LedgerEntry e = entry.get();
    return "  %,12d rows  content %s  run %s%s%s%s"
        .formatted(
            e.rowsOut(),
            e.content().substring(0, Math.min(16, e.content().length())),
            e.runId(),
            isFinal ? "  final" : "",
            state.equals("stale") ? "  " + plan.reason() : "",
            e.missing().isEmpty() ? "" : "  without " + String.join(", ", e.missing()));
  }

  /** The command that mends what can be mended; called once, after the last dataset. */
  public void end() {
    if (mendable.isEmpty()) {
      return;
    }
    SortedSet<String> days = new TreeSet<>(mendable);
    days.remove("");
    String range =
        days.isEmpty() ? flags.range() : "--from " + days.first() + " --to " + days.last();
    String command = "./ltv %s --config %s %s".formatted(job, flags.config(), range);
    report.fact("mend", command);
    if (flags.text()) {
      System.out.println("mend: " + command);
    }
  }

  /**
   * Plans of a source, which is missing or built: whether it changed only the source can tell. Of a
   * snapshot only the last day can be missing.
   */
  public static List<PartitionPlan> ofSource(Dataset dataset, Pin pin, Days days) {
    return days.all().stream()
        .filter(
            day ->
                !dataset.schema().snapshot()
                    || day.equals(days.to())
                    || pin.newest(Partition.of(day)).isPresent())
        .map(Partition::of)
        .map(
            p ->
                pin.newest(p).isPresent()
                    ? new PartitionPlan(p, Action.KEEP, "read", "")
                    : new PartitionPlan(p, Action.BUILD, "never read", ""))
        .toList();
  }
}
