package ltv.dataset;

import java.text.NumberFormat;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import ltv.dataset.PartitionPlan.Action;
import ltv.dataset.PartitionStatus.State;
import ltv.lake.LedgerEntry;
import ltv.lake.Partition;
import ltv.lake.Pin;
import ltv.run.Days;
import ltv.run.RunFlags;
import ltv.run.RunReport;
import org.slf4j.MDC;

/**
 * Finds of each partition how it is: built, empty, stale (built from something that has changed),
 * held, missing, waiting for an input; final where no daily run looks at it any more. Datasets are
 * told of in the order in which they are built, so that what follows from what is missing is known
 * too.
 */
public final class Status {
  private final List<PartitionStatus> found = new ArrayList<>();

  /** By dataset the days that a run would build now or once their inputs are; none if dateless. */
  private final Map<String, NavigableSet<LocalDate>> toCome = new HashMap<>();

  private Status() {}

  /**
   * One dataset as it was seen.
   *
   * @param plans what a run would do with each partition now
   */
  public record Seen(Dataset dataset, Pin pin, List<PartitionPlan> plans) {}

  /**
   * Finds how datasets are.
   *
   * @param datasets each after its inputs
   * @param look called from several threads: most of it waits for the disk or reads JSON
   * @param lookbackDays how far back daily runs look
   */
  public static Status of(List<Dataset> datasets, Function<Dataset, Seen> look, int lookbackDays) {
    Status status = new Status();
    ClassLoader loader = Thread.currentThread().getContextClassLoader();
    Map<String, String> told = MDC.getCopyOfContextMap();
    List<Seen> seen =
        datasets.parallelStream()
            .map(
                dataset -> {
                  // the pool's threads know neither Spark's packages nor which job logs
                  Thread.currentThread().setContextClassLoader(loader);
                  MDC.setContextMap(told);
                  return look.apply(dataset);
                })
            .toList();
    seen.forEach(one -> status.add(one.dataset, one.plans, one.pin, lookbackDays));
    return status;
  }

  private void add(Dataset dataset, List<PartitionPlan> plans, Pin pin, int lookbackDays) {
    Optional<LocalDate> finalUntil =
        pin.published().isEmpty()
            ? Optional.empty()
            : pin.published().lastKey().day().map(newest -> newest.minusDays(lookbackDays));
    for (PartitionPlan plan : plans) {
      Optional<LocalDate> day = plan.partition().day();
      boolean follows = follows(dataset, day);
      boolean isFinal = day.filter(d -> finalUntil.filter(d::isBefore).isPresent()).isPresent();
      PartitionStatus status = PartitionStatus.of(dataset, plan, pin, follows, isFinal);
      found.add(status);
      if (status.isToCome()) {
        NavigableSet<LocalDate> come = toCome.computeIfAbsent(dataset.name(), n -> new TreeSet<>());
        day.ifPresent(come::add);
      }
    }
  }

  /** Whether something that the partition sees will be built, so that it may be stale then. */
  private boolean follows(Dataset dataset, Optional<LocalDate> day) {
    return dataset.schema().inputs().entrySet().stream()
        .filter(input -> toCome.containsKey(input.getKey()))
        .anyMatch(input -> sees(input.getValue(), day, toCome.get(input.getKey())));
  }

  private static boolean sees(
      DatasetInput input, Optional<LocalDate> day, NavigableSet<LocalDate> come) {
    return come.isEmpty() // a dateless one, which is replaced as a whole
        || day.isEmpty()
        || !come.subSet(input.firstDay(day.get()), true, input.lastDay(day.get()), true).isEmpty();
  }

  /** Everything found, in the datasets' order. */
  public List<PartitionStatus> found() {
    return List.copyOf(found);
  }

  /**
   * Tells of one job: a line per partition, what there is to do, and how many of each dataset are
   * built.
   */
  public void tell(RunFlags flags, RunReport report) {
    if (flags.text()) {
      StringBuilder lines = new StringBuilder();
      NumberFormat numbers = NumberFormat.getIntegerInstance(Locale.ROOT);
      found.forEach(s -> line(s, numbers, lines));
      System.out.print(lines);
    }
    found.stream()
        .collect(Collectors.groupingBy(s -> s.dataset().name()))
        .forEach((name, of) -> count(name, of, report));
    List<Mending> toDo = Mending.of(found, flags, Map.of());
    toDo.stream()
        .flatMap(m -> m.command().stream())
        .findFirst()
        .ifPresent(command -> report.fact("mend", command));
    if (flags.text()) {
      toDo.forEach(
          m -> System.out.printf("%s: %s%n  %s%n", m.state(), m.what(), m.command().orElse("")));
    }
  }

  private static void count(String dataset, List<PartitionStatus> of, RunReport report) {
    List<String> others =
        of.stream()
            .filter(s -> !s.isBuilt())
            .map(s -> s.plan().partition() + " " + s.state())
            .toList();
    String built = of.size() - others.size() + " of " + of.size() + " built";
    report.fact(
        "status." + dataset,
        built
            + (others.isEmpty()
                ? ""
                : "; " + String.join(", ", others.subList(0, Math.min(others.size(), 5)))));
  }

  /** By hand: of thousands of lines formats would take most of the time. */
  private static void line(PartitionStatus status, NumberFormat numbers, StringBuilder lines) {
    lines.append(padded(status.dataset().name(), 36)).append(' ');
    lines.append(padded("" + status.plan().partition(), 10)).append("  ");
    lines.append(padded("" + status.state(), 8));
    if (status.entry().isEmpty()) {
      lines.append("  ").append(status.plan().reason()).append('\n');
      return;
    }
    LedgerEntry e = status.entry().get();
    String rows = numbers.format(e.rowsOut());
    lines.append("  ").append(" ".repeat(Math.max(0, 12 - rows.length()))).append(rows);
    lines.append(" rows  content ").append(e.content(), 0, Math.min(16, e.content().length()));
    lines.append("  run ").append(e.runId());
    lines.append(status.isFinal() ? "  final" : "");
    lines.append(status.state() == State.STALE ? "  " + status.plan().reason() : "");
    lines.append(e.missing().isEmpty() ? "" : "  without " + String.join(", ", e.missing()));
    lines.append('\n');
  }

  private static String padded(String word, int width) {
    return word + " ".repeat(Math.max(0, width - word.length()));
  }

  /**
   * Plans of a source, which is missing or built: whether it changed only the source can tell. Of a
   * snapshot only the last day can be missing, and it no longer when a later one was read: what was
   * there then nobody can ask any more.
   */
  public static List<PartitionPlan> ofSource(Dataset dataset, Pin pin, Days days) {
    boolean snapshot = dataset.schema().snapshot();
    boolean past =
        !pin.published().isEmpty()
            && pin.published().lastKey().day().filter(days.to()::isBefore).isPresent();
    return days.all().stream()
        .filter(
            day ->
                !snapshot
                    || day.equals(days.to()) && !past
                    || pin.newest(Partition.of(day)).isPresent())
        .map(Partition::of)
        .map(
            p ->
                pin.newest(p)
                    .map(e -> e.published() ? kept(p) : held(p))
                    .orElseGet(() -> new PartitionPlan(p, Action.BUILD, "never read", "")))
        .toList();
  }

  private static PartitionPlan kept(Partition partition) {
    return new PartitionPlan(partition, Action.KEEP, "read", "");
  }

  private static PartitionPlan held(Partition partition) {
    return new PartitionPlan(partition, Action.KEEP_HELD, "a check failed when it was read", "");
  }
}
