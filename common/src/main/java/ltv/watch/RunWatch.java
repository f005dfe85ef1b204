package ltv.watch;

import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import ltv.config.SiteConfig;
import ltv.lake.Lake;
import ltv.lake.TableSpec;
import ltv.run.ExitCode;
import ltv.run.Metric;
import ltv.run.Run;
import ltv.run.RunReport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells machines of a run: that it has begun, and how it ended. Whoever cannot be told costs a
 * warning and no more.
 */
public final class RunWatch {
  private static final Logger log = LoggerFactory.getLogger(RunWatch.class);

  private final Run run;
  private final SiteConfig site;
  private final Watched watched;
  private final RunReport report;
  private final Function<String, TableSpec> specs;
  private final List<Teller> tellers = new ArrayList<>();
  private final Map<String, TableFacts> tables = new TreeMap<>();

  private RunWatch(
      Run run,
      SiteConfig site,
      Watched watched,
      RunReport report,
      Function<String, TableSpec> specs) {
    this.run = run;
    this.site = site;
    this.watched = watched;
    this.report = report;
    this.specs = specs;
  }

  /** One way of telling. */
  interface Teller {
    /** What is told, for a warning. */
    String what();

    /** The run has begun. */
    default void begun() throws IOException {}

    /** The run is over. */
    void ended(Ended ended) throws IOException;
  }

  /**
   * A run that is over.
   *
   * @param report complete; its figures have no time of the last success where the run is none
   * @param tables as the run left them, by dataset; none where it failed as a whole
   * @param specs the table of a dataset, by its name
   */
  record Ended(
      Instant at,
      RunReport report,
      Map<String, TableFacts> tables,
      Function<String, TableSpec> specs) {}

  /**
   * Begins to watch, and tells that the run has begun. How it ended is told when the run's report
   * is complete.
   *
   * @param specs the table of a dataset, by its name
   */
  public static RunWatch begin(
      Run run,
      SiteConfig site,
      Watched watched,
      RunReport report,
      Function<String, TableSpec> specs) {
    RunWatch watch = new RunWatch(run, site, watched, report, specs);
    try {
      if (!watched.isNothing()) {
        watch.begin();
      }
    } catch (RuntimeException e) {
      log.warn("Nobody is told of the run: {}", e.toString());
    }
    return watch;
  }

  private void begin() {
    Mask mask = new Mask(site);
    tellers.add(new RunFile(site, run, watched, mask));
    if (watched.isWhole()) {
      tellers.add(new MetricsFile(site.metrics().textfile(), labels()));
      if (site.metrics().pushgateway() != null) {
        tellers.add(new Pushgateway(site.metrics().pushgateway().url(), labels()));
      }
    }
    if (site.lineage().openlineage() != null) {
      tellers.add(new LineagePost(run, site, watched, mask));
    }
    Usage usage = new Usage(site.scratch().resolve(run.id()).resolve("spill"));
    report.afterwards(() -> ended(usage));
    tell(Teller::begun);
  }

  private Map<String, String> labels() {
    Map<String, String> labels = new LinkedHashMap<>();
    labels.put("site", site.site());
    labels.put("stage", run.job());
    labels.put("command", watched.command());
    if (!watched.channels().isEmpty()) {
      labels.put("channels", String.join(",", watched.channels()));
    }
    return labels;
  }

  /** Looks at the tables that the run has worked on; called when its work is done. */
  public void look(Lake lake) {
    if (tellers.isEmpty()) {
      return;
    }
    try {
      report
          .worked()
          .keySet()
          .forEach(
              dataset ->
                  lake.existing(specs.apply(dataset))
                      .ifPresent(table -> tables.put(dataset, TableFacts.of(table, run, report))));
    } catch (RuntimeException e) {
      log.warn("Nobody is told how the run left its tables: {}", e.toString());
    }
  }

  private void ended(Usage usage) {
    try (usage) {
      Instant at = Clock.systemUTC().instant();
      measure(at);
      report.measure(Metric.RUN_SPILL, usage.spilled());
      Usage.memory().ifPresent(bytes -> report.measure(Metric.RUN_MEMORY, bytes));
      Ended ended = new Ended(at, report, Map.copyOf(tables), specs);
      tell(teller -> teller.ended(ended));
    }
  }

  private void measure(Instant at) {
    report.measure(Metric.RUN_ENDED, seconds(at));
    if (report.exitCode() == ExitCode.OK) {
      report.measure(Metric.RUN_SUCCEEDED, seconds(at));
    }
    report.measure(Metric.RUN_DURATION, Duration.between(run.startedAt(), at).toMillis() / 1000.0);
    report.measure(Metric.RUN_EXIT, report.exitCode().code());
    report
        .counts()
        .forEach(
            (dataset, ends) -> {
              report.measure(Metric.DATASET_ROWS, ends.getOrDefault("rows", 0L), dataset);
              ends.forEach(
                  (end, n) -> {
                    if (!end.equals("rows")) {
                      report.measure(Metric.DATASET_PARTITIONS, n, dataset, end);
                    }
                  });
            });
    report
        .worked()
        .forEach(
            (dataset, work) ->
                report.measure(Metric.DATASET_DURATION, work.took().toMillis() / 1000.0, dataset));
    tables.forEach(this::measure);
  }

  private void measure(String dataset, TableFacts table) {
    table
        .removed()
        .forEach((reason, rows) -> report.measure(Metric.DATASET_REMOVED, rows, dataset, reason));
    report.measure(Metric.DATASET_HELD, table.heldPartitions(), dataset);
    table
        .newest()
        .ifPresent(
            newest -> {
              report.measure(
                  Metric.DATASET_NEWEST,
                  seconds(newest.atStartOfDay(site.timezone()).toInstant()),
                  dataset);
              boolean told =
                  report.measures().stream()
                      .anyMatch(
                          m -> m.metric() == Metric.DATASET_LAG && m.labels().contains(dataset));
              if (!told) { // a source knows better which day is complete
                watched
                    .day()
                    .ifPresent(
                        day ->
                            report.measure(
                                Metric.DATASET_LAG,
                                Duration.ofDays(ChronoUnit.DAYS.between(newest, day)).toSeconds(),
                                dataset));
              }
            });
  }

  private static double seconds(Instant at) {
    return at.toEpochMilli() / 1000.0;
  }

  @FunctionalInterface
  private interface Telling {
    void to(Teller teller) throws IOException;
  }

  private void tell(Telling telling) {
    for (Teller teller : tellers) {
      try {
        telling.to(teller);
      } catch (IOException | RuntimeException | LinkageError e) { // a cluster may lack a class
        log.warn("{}: {}. The run is not touched by it.", teller.what(), e.getMessage());
      }
    }
  }
}
