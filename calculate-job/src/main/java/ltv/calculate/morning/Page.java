package ltv.calculate.morning;

import java.time.ZonedDateTime;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import ltv.dataset.Mending;
import ltv.dataset.PartitionStatus;
import ltv.dataset.PartitionStatus.State;
import ltv.lake.LedgerEntry;

/**
 * The page: what there is to do, the worst first, then how many partitions of each job are how.
 *
 * @param found by job in the chain's order
 * @param toDo in the order in which it is to be done
 * @param readers what they see, in words
 * @param tokens which end soon, by channel, in words
 */
record Page(
    List<PartitionStatus> found, List<Mending> toDo, String readers, Map<String, String> tokens) {
  private static final int NAMED = 5;
  private static final String COUNTS = "%-10s %7s %7s %8s %12s %6s %6s %8s %8s%n";

  /**
   * As a person reads it; its last line says how much there is to do.
   *
   * @param about site and days
   */
  String text(String about, ZonedDateTime now) {
    StringBuilder text = new StringBuilder();
    text.append(about).append(", looked at ");
    text.append(now.toLocalDateTime().truncatedTo(ChronoUnit.SECONDS)).append(' ');
    text.append(now.getZone()).append("\n\n");
    int n = 0;
    for (Mending m : toDo) {
      text.append("%3d  %-11s %-10s %s%n".formatted(++n, m.state(), m.job(), m.what()));
      m.command().ifPresent(c -> text.append("     ").append(c).append('\n'));
    }
    text.append(toDo.isEmpty() ? "" : "\n");
    text.append(
        COUNTS.formatted(
            "job", "built", "of", "final", "provisional", "stale", "held", "missing", "waiting"));
    byJob().forEach((job, of) -> text.append(counts(job, of)));
    text.append("readers    ").append(readers).append('\n');
    String without = without();
    text.append(without.isEmpty() ? "" : "without    " + without + "\n");
    tokens.values().forEach(t -> text.append("soon       ").append(t).append('\n'));
    return text.append('\n').append(ending()).append('\n').toString();
  }

  /** Facts of the report's line. */
  Map<String, String> facts() {
    Map<String, String> facts = new TreeMap<>();
    facts.put("to_do", "" + toDo.size());
    facts.put("readers", readers);
    tokens.forEach((channel, soon) -> facts.put("token." + channel, soon));
    toDo.stream()
        .flatMap(m -> m.command().stream())
        .findFirst()
        .ifPresent(command -> facts.put("mend", command));
    byJob()
        .forEach(
            (job, of) ->
                facts.put(
                    "status." + job,
                    count(of, PartitionStatus::isBuilt) + " of " + of.size() + " built"));
    return facts;
  }

  /** One thing to do on one line. */
  static String sentence(Mending m) {
    return m.state() + ", " + m.job() + ": " + m.what() + m.command().map(c -> ": " + c).orElse("");
  }

  private String ending() {
    if (toDo.isEmpty()) {
      return "nothing to do";
    }
    Mending first = toDo.get(0);
    return "%d %s to do, the first: %s"
        .formatted(
            toDo.size(),
            toDo.size() == 1 ? "thing" : "things",
            first.command().orElse(first.what()));
  }

  private Map<String, List<PartitionStatus>> byJob() {
    Map<String, List<PartitionStatus>> byJob = new java.util.LinkedHashMap<>();
    found.forEach(
        s -> byJob.computeIfAbsent(s.dataset().job(), j -> new java.util.ArrayList<>()).add(s));
    return byJob;
  }

  private static String counts(String job, List<PartitionStatus> of) {
    return COUNTS.formatted(
        job,
        count(of, PartitionStatus::isBuilt),
        of.size(),
        count(of, s -> s.isBuilt() && s.isFinal()),
        count(of, s -> s.isBuilt() && !s.isFinal()),
        count(of, s -> s.state() == State.STALE),
        count(of, s -> s.state() == State.HELD),
        count(of, s -> s.state() == State.MISSING),
        count(of, s -> s.state() == State.WAITING));
  }

  private static long count(List<PartitionStatus> of, Predicate<PartitionStatus> which) {
    return of.stream().filter(which).count();
  }

  /** What built partitions lack that a source should have sent, and how many lack it. */
  private String without() {
    Map<String, Long> lacking =
        found.stream()
            .filter(PartitionStatus::isBuilt)
            .flatMap(s -> s.entry().map(LedgerEntry::missing).orElse(List.of()).stream())
            .filter(name -> name.startsWith("src_") && name.contains("__"))
            .collect(Collectors.groupingBy(name -> name, TreeMap::new, Collectors.counting()));
    String first =
        lacking.entrySet().stream()
            .limit(NAMED)
            .map(e -> e.getKey() + " (" + e.getValue() + ")")
            .collect(Collectors.joining(", "));
    return lacking.size() <= NAMED ? first : first + " and " + (lacking.size() - NAMED) + " more";
  }
}
