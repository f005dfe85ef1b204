package ltv.run;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;

/** Collects how the partitions of a run ended; its JSON is the last line on stdout. */
public final class RunReport {
  /** A scheduler keeps this line (XCom), so it names the first problems and counts the rest. */
  private static final int PROBLEMS_SHOWN = 20;

  private static final int PROBLEMS_LOGGED = 5;

  private static final int FOLLOWING_NAMED = 3;

  private static final int RESTATED_SHOWN = 31;

  private static final ObjectMapper JSON = new ObjectMapper();

  private final List<PartitionOutcome> outcomes = new ArrayList<>();
  private final Map<String, String> facts = new TreeMap<>();
  private final List<JobException> failures = new ArrayList<>();
  private final List<Measure> measures = new ArrayList<>();
  private final Map<String, Worked> worked = new LinkedHashMap<>();
  private final Map<String, Map<String, String>> inputs = new HashMap<>();
  private Runnable afterwards = () -> {};

  /**
   * A figure of the run.
   *
   * @param labels values of the metric's own labels
   */
  public record Measure(Metric metric, List<String> labels, double value) {
    public Measure {
      labels = List.copyOf(labels);
      if (labels.size() != metric.labels().size()) {
        throw new IllegalArgumentException(metric + " has the labels " + metric.labels());
      }
    }
  }

  /**
   * The work on one dataset.
   *
   * @param startedAt for telling others only
   * @param inputs the version of each that it read, as far as it said so
   */
  public record Worked(Instant startedAt, Duration took, Map<String, String> inputs) {}

  /** Adds the ends of some partitions. */
  public void add(List<? extends PartitionOutcome> more) {
    outcomes.addAll(more);
  }

  /** Adds a fact of the run, for example where the marts lie. */
  public void fact(String name, String value) {
    facts.put(name, value);
  }

  /** Says something to whoever reads stdout, and adds it as a fact on one line. */
  public void tell(SiteFlags flags, String about, String text) {
    if (flags.text()) {
      System.out.println(text);
    }
    fact(about, text.replace("\n", " "));
  }

  /** All facts so far, by name. */
  public Map<String, String> facts() {
    return Collections.unmodifiableMap(facts);
  }

  /** Adds a failure that ended the run before its partitions did. */
  public void failed(JobException failure) {
    failures.add(failure);
  }

  /** Adds a figure for machines that watch runs; saying it again is saying it twice. */
  public void measure(Metric metric, double value, String... labels) {
    measures.add(new Measure(metric, List.of(labels), value));
  }

  /** All figures so far. */
  public List<Measure> measures() {
    return List.copyOf(measures);
  }

  /** Says which versions of its inputs a dataset was built from. */
  public void read(String dataset, Map<String, String> versions) {
    inputs.put(dataset, Map.copyOf(versions));
  }

  /** The datasets that were worked on, in order. */
  public Map<String, Worked> worked() {
    return Collections.unmodifiableMap(worked);
  }

  /** Has something done when the run is over and its exit code is known. */
  public void afterwards(Runnable work) {
    afterwards = work;
  }

  /** The run is over; whoever tells others of it can do no harm to it. */
  void over() {
    try {
      afterwards.run();
    } catch (RuntimeException | LinkageError e) {
      LoggerFactory.getLogger(RunReport.class).warn("Nobody was told of the run: {}", e.toString());
    }
  }

  /** All ends so far. */
  public List<PartitionOutcome> outcomes() {
    return List.copyOf(outcomes);
  }

  /** The code that the run ends with. */
  public ExitCode exitCode() {
    return ExitCode.worst(
        Stream.concat(
                outcomes.stream().map(PartitionOutcome::exitCode),
                failures.stream().map(JobException::exitCode))
            .toList());
  }

  /**
   * One line of JSON: run, exit, per dataset how many partitions ended how and which readers now
   * see with other rows than before, first problems.
   */
  public String json(Run run, String about, ExitCode exit) {
    ObjectNode root = JSON.createObjectNode();
    root.put("job", run.job()).put("run_id", run.id()).put("days", about);
    root.put("exit", exit.code()).put("meaning", exit.meaning());
    facts.forEach(root::put);
    ObjectNode datasets = root.putObject("datasets");
    counts().forEach((name, states) -> states.forEach(datasets.withObjectProperty(name)::put));
    Map<String, List<String>> restated = restated();
    if (!restated.isEmpty()) {
      ObjectNode days = root.putObject("restated");
      restated.forEach(
          (name, of) -> of.stream().limit(RESTATED_SHOWN).forEach(days.withArray(name)::add));
    }
    List<String> problems = problems();
    problems.stream().limit(PROBLEMS_SHOWN).forEach(root.putArray("problems")::add);
    root.put("problems_total", problems.size());
    return root.toString();
  }

  /**
   * Every end that is not a success; what is alike for several days of a dataset is said once, and
   * once all that is held for nothing of its own.
   */
  public List<String> problems() {
    List<String> following =
        outcomes.stream()
            .filter(RunReport::follows)
            .map(o -> o.dataset() + "/" + o.partition())
            .toList();
    return following.isEmpty()
        ? ownProblems()
        : Stream.concat(
                ownProblems().stream(),
                Stream.of(
                    "%d are held with what they are built on: %s%s"
                        .formatted(
                            following.size(),
                            following.stream()
                                .limit(FOLLOWING_NAMED)
                                .collect(Collectors.joining(", ")),
                            following.size() > FOLLOWING_NAMED ? " …" : "")))
            .toList();
  }

  private static boolean follows(PartitionOutcome outcome) {
    return outcome instanceof PartitionOutcome.Held held && held.follows();
  }

  private List<String> ownProblems() {
    Map<List<String>, List<PartitionOutcome>> alike = new LinkedHashMap<>();
    outcomes.stream()
        .filter(o -> o.exitCode() != ExitCode.OK && !follows(o))
        .forEach(
            o ->
                alike
                    .computeIfAbsent(List.of(o.dataset(), o.what()), a -> new ArrayList<>())
                    .add(o));
    return Stream.concat(
            failures.stream().map(JobException::getMessage),
            alike.values().stream().map(RunReport::explain))
        .toList();
  }

  private static String explain(List<PartitionOutcome> alike) {
    SortedSet<String> partitions = new TreeSet<>();
    alike.forEach(o -> partitions.add(o.partition()));
    PartitionOutcome one = alike.get(0);
    return one.dataset() + "/" + Days.span(partitions) + one.what();
  }

  /** Per dataset: state to number of partitions, plus {@code rows} committed. */
  public Map<String, Map<String, Long>> counts() {
    Map<String, Map<String, Long>> counts = new TreeMap<>();
    for (PartitionOutcome outcome : outcomes) {
      Map<String, Long> states = counts.computeIfAbsent(outcome.dataset(), d -> new TreeMap<>());
      states.merge(outcome.state(), 1L, Long::sum);
      if (outcome instanceof PartitionOutcome.Committed committed) {
        states.merge("rows", committed.rows(), Long::sum);
      }
    }
    return counts;
  }

  /** Per dataset: partitions that readers had before, with other rows. */
  public Map<String, List<String>> restated() {
    Map<String, List<String>> restated = new TreeMap<>();
    for (PartitionOutcome outcome : outcomes) {
      if (outcome instanceof PartitionOutcome.Committed committed && committed.restated()) {
        restated
            .computeIfAbsent(committed.dataset(), d -> new ArrayList<>())
            .add(committed.partition());
      }
    }
    return restated;
  }

  /**
   * Does the work on one dataset: logs under its name, adds how its partitions ended, and tells how
   * long it took and the first problems. A failure that ends the run is told under its name too.
   */
  public void dataset(String name, Supplier<? extends List<? extends PartitionOutcome>> work) {
    MDC.put("dataset", name);
    Instant startedAt = Clock.systemUTC().instant();
    long started = System.nanoTime();
    try {
      List<? extends PartitionOutcome> ends = work.get();
      add(ends);
      tell(ends, started);
      MDC.remove("dataset");
    } finally {
      Duration took = Duration.ofNanos(System.nanoTime() - started);
      worked.put(name, new Worked(startedAt, took, inputs.getOrDefault(name, Map.of())));
    }
  }

  /** Logs how the partitions of one dataset ended, and the first problems among them. */
  private static void tell(List<? extends PartitionOutcome> outcomes, long startedNanos) {
    RunReport of = new RunReport();
    of.add(outcomes);
    long ms = (System.nanoTime() - startedNanos) / 1_000_000;
    Logger log = LoggerFactory.getLogger(RunReport.class);
    of.counts().values().forEach(states -> log.info("{} in {} ms", states, ms));
    of.ownProblems().stream().limit(PROBLEMS_LOGGED).forEach(log::warn);
  }
}
