package ltv.dataset;

import static java.util.Comparator.comparingInt;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import ltv.dataset.PartitionStatus.State;
import ltv.run.Days;
import ltv.run.ExitCode;
import ltv.run.RunFlags;
import ltv.run.SiteFlags;

/**
 * One thing to do, and the command that does it.
 *
 * @param state how what it is about is, in one word
 * @param job whose it is
 * @param what it is about, and why
 * @param command to be pasted into a shell; empty where no command does it
 * @param exit what it means for the exit code of who looked
 */
public record Mending(
    String state, String job, String what, Optional<String> command, ExitCode exit) {
  private static final int NAMED = 3;

  /**
   * What there is to do with partitions, in the order in which it is to be done: what a person
   * decides, what sources owe, then each job after the one before it.
   *
   * @param found by job in the chain's order, each after its inputs
   * @param whys why the last runs of ingest did not read days, by {@code dataset/partition}
   */
  public static List<Mending> of(
      List<PartitionStatus> found, RunFlags flags, Map<String, String> whys) {
    List<Mending> all = new ArrayList<>();
    grouped(found, PartitionStatus::mayBeReleased, s -> "" + s.plan().partition())
        .forEach((day, held) -> all.add(ofUnusual(day, held, flags)));
    Predicate<PartitionStatus> unusual = PartitionStatus::mayBeReleased;
    grouped(found, unusual.negate().and(PartitionStatus::isForAPerson), s -> s.dataset().name())
        .values()
        .forEach(held -> all.add(ofHeld(held, flags)));
    Predicate<PartitionStatus> source = s -> s.dataset().isSource();
    grouped(found, source.and(PartitionStatus::isToCome), Mending::channel)
        .forEach((channel, days) -> all.add(ofChannel(channel, days, flags, whys)));
    grouped(found, source.negate().and(PartitionStatus::isToCome), s -> s.dataset().job())
        .forEach((job, days) -> all.add(ofJob(job, days, flags)));
    return all;
  }

  private static Map<String, List<PartitionStatus>> grouped(
      List<PartitionStatus> found,
      Predicate<PartitionStatus> which,
      Function<PartitionStatus, String> by) {
    return found.stream()
        .filter(which)
        .collect(Collectors.groupingBy(by, LinkedHashMap::new, Collectors.toList()));
  }

  /** What is held of a day and may be released: one decision, which calculate's command takes. */
  private static Mending ofUnusual(String day, List<PartitionStatus> held, RunFlags flags) {
    List<PartitionStatus> own =
        held.stream().filter(s -> !s.entry().orElseThrow().follows()).toList();
    List<PartitionStatus> named = own.isEmpty() ? held : own;
    PartitionStatus first = named.get(0);
    int following = held.size() - named.size();
    return new Mending(
        "held",
        first.dataset().job(),
        "%s%s: %s, %s; look, then read the day again, release or reject it"
            .formatted(
                names(named),
                following == 0 ? "" : " (" + following + " follow)",
                first.plan().reason(),
                readers(first)),
        Optional.of(command("calculate hold show", flags) + " " + day),
        ExitCode.HELD);
  }

  private static String readers(PartitionStatus held) {
    return held.published()
        .map(e -> "readers keep what run " + e.runId() + " built")
        .orElse("readers have nothing of it");
  }

  /**
   * What is held because a check failed: the input or the rule is mended, and the day run again.
   */
  private static Mending ofHeld(List<PartitionStatus> held, RunFlags flags) {
    Dataset dataset = held.get(0).dataset();
    String command =
        command(dataset.job(), flags) + " --dataset " + dataset.name() + exactly(held, flags);
    return new Mending(
        "held",
        dataset.job(),
        "%s: %s, %s; mend the input or the rule, then"
            .formatted(names(held), held.get(0).plan().reason(), readers(held.get(0))),
        Optional.of(command),
        ExitCode.HELD);
  }

  private static Mending ofChannel(
      String channel, List<PartitionStatus> days, RunFlags flags, Map<String, String> whys) {
    String command = command("ingest", flags) + " --channel " + channel + range(days, flags);
    String why =
        days.stream()
            .flatMap(s -> whys.keySet().stream().filter(name -> name.startsWith(s.name())))
            .findFirst()
            .map(name -> "; the last run: " + whys.get(name))
            .orElse("");
    return new Mending(
        words(days).firstKey(),
        "ingest",
        channel + ", " + names(days) + counts(days) + reason(days) + why,
        Optional.of(command),
        ExitCode.NOT_READY);
  }

  private static Mending ofJob(String job, List<PartitionStatus> days, RunFlags flags) {
    String datasets = flags.datasets().map(d -> " --datasets " + quoted("" + d)).orElse("");
    String command = command(job, flags) + datasets + range(days, flags);
    List<PartitionStatus> worstFirst =
        days.stream().sorted(comparingInt(s -> rank(word(s)))).toList();
    return new Mending(
        words(days).firstKey(),
        job,
        names(worstFirst) + counts(days) + reason(worstFirst),
        Optional.of(command),
        ExitCode.NOT_READY);
  }

  /** A command of a job for the same site, for example {@code calculate publish}. */
  public static String command(String job, SiteFlags flags) {
    return "./ltv " + job + " --config " + quoted("" + flags.config());
  }

  /** {@code src_meta__insights} is of {@code meta}. */
  private static String channel(PartitionStatus status) {
    return status.dataset().name().substring("src_".length()).split("__", 2)[0];
  }

  /** How many are in which word, where there are several words. */
  private static String counts(List<PartitionStatus> days) {
    SortedMap<String, Long> words = words(days);
    return words.size() == 1
        ? ""
        : words.entrySet().stream()
            .map(word -> word.getValue() + " " + word.getKey())
            .collect(Collectors.joining(", ", " (", ")"));
  }

  /** How many are in which word, the worst first. */
  private static SortedMap<String, Long> words(List<PartitionStatus> days) {
    return days.stream()
        .map(Mending::word)
        .collect(
            Collectors.groupingBy(
                w -> w, () -> new TreeMap<>(comparingInt(Mending::rank)), Collectors.counting()));
  }

  private static String word(PartitionStatus status) {
    return status.isBuilt() && status.state() != State.PARTIAL ? "follows" : "" + status.state();
  }

  /** The words as they are ordered: what only follows from something else comes last. */
  private static int rank(String state) {
    return Stream.of(State.values()).map(State::toString).toList().indexOf(state) & 0xff;
  }

  /** Each dataset with its days, the first few of them, and how many more there are. */
  public static String names(List<PartitionStatus> some) {
    Map<String, List<PartitionStatus>> byDataset =
        grouped(some, s -> true, s -> s.dataset().name());
    String first =
        byDataset.values().stream()
            .limit(NAMED)
            .map(Mending::days)
            .collect(Collectors.joining(", "));
    return byDataset.size() <= NAMED
        ? first
        : first + " and " + (byDataset.size() - NAMED) + " more";
  }

  private static String days(List<PartitionStatus> ofOne) {
    SortedSet<String> partitions = new TreeSet<>();
    ofOne.forEach(s -> partitions.add("" + s.plan().partition()));
    return ofOne.get(0).dataset().name() + "/" + Days.span(partitions);
  }

  private static String reason(List<PartitionStatus> days) {
    PartitionStatus first = days.get(0);
    return first.state() == State.PARTIAL
        ? ": without " + String.join(", ", first.entry().orElseThrow().missing())
        : first.follows() && first.isBuilt()
            ? ": what it is built from comes first"
            : ": " + first.plan().reason();
  }

  /** As the flags say for who asked about one date: a daily run looks at the days before it too. */
  private static String range(List<PartitionStatus> some, RunFlags flags) {
    return flags.isDaily() ? " " + flags.range() : exactly(some, flags);
  }

  /** From the first to the last of the days; of dateless datasets alone as the flags say. */
  private static String exactly(List<PartitionStatus> some, RunFlags flags) {
    SortedSet<LocalDate> days = new TreeSet<>();
    some.forEach(s -> s.plan().partition().day().ifPresent(days::add));
    return " "
        + (days.isEmpty() ? flags.range() : "--from " + days.first() + " --to " + days.last());
  }

  /** As a shell takes it for one word. */
  static String quoted(String word) {
    return word.matches("[\\w./:=@%+,-]+") ? word : "'" + word.replace("'", "'\\''") + "'";
  }
}
