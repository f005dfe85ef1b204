package ltv.ingest;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import ltv.dataset.BuildMode;
import ltv.dataset.Dataset;
import ltv.dataset.Opened;
import ltv.dataset.PartitionPlan;
import ltv.dataset.PartitionPlan.Action;
import ltv.ingest.channel.ChannelAccount;
import ltv.ingest.channel.ChannelConnector;
import ltv.ingest.channel.ChannelException;
import ltv.ingest.channel.ChannelStream;
import ltv.ingest.land.Landing;
import ltv.ingest.plan.CallBudget;
import ltv.ingest.plan.CollectionPlan;
import ltv.ingest.plan.ReadLog;
import ltv.ingest.plan.Wanted;
import ltv.lake.Partition;
import ltv.lake.Pin;
import ltv.run.Days;
import ltv.run.ExitCode;
import ltv.run.Metric;
import ltv.run.PartitionOutcome;
import ltv.run.PartitionOutcome.Failed;
import ltv.run.PartitionOutcome.Unchanged;
import ltv.run.RunReport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Reads every stream of every channel for the days of the run; one that fails stops no other. */
final class IngestJob {
  private static final Logger log = LoggerFactory.getLogger(IngestJob.class);

  private final Opened opened;
  private final Channels channels;
  private final Landing landing;
  private final CallBudget budget;
  private final ReadLog readings;
  private final Clock clock;
  private final SortedSet<LocalDate> restatedDays = new TreeSet<>();

  /**
   * A job over open resources.
   *
   * @param budget counts the calls of the connectors
   * @param clock tells which days were read lately, for nothing else
   */
  IngestJob(Opened opened, Channels channels, Landing landing, CallBudget budget, Clock clock) {
    this.opened = opened;
    this.channels = channels;
    this.landing = landing;
    this.budget = budget;
    this.readings = new ReadLog(opened.lake().state());
    this.clock = clock;
  }

  /** Reads and commits; every end goes into the report. */
  void run(
      List<ChannelConnector> connectors,
      List<String> only,
      Days days,
      BuildMode mode,
      RunReport report) {
    for (ChannelConnector connector : connectors) {
      List<ChannelStream> streams = streams(connector, only);
      keepForTheDailyRun(connector, days);
      Collection collection = collection(streams, days, mode, s -> restated(connector, s, days));
      for (ChannelStream stream : streams) {
        if (opened.run().stop().requested()) {
          log.warn("told to stop: ending before {}", stream.dataset());
          return;
        }
        report.dataset(stream.dataset(), () -> read(connector, stream, collection, mode, report));
      }
    }
    noteRestatements(report);
  }

  private void noteRestatements(RunReport report) {
    if (!restatedDays.isEmpty()) {
      report.dataset(Restatements.DATASET, () -> new Restatements(opened).note(restatedDays));
    }
  }

  /** The streams of a connector that the run is about, each after the one whose pages it types. */
  static List<ChannelStream> streams(ChannelConnector connector, List<String> only) {
    return connector.streams().stream()
        .filter(s -> only.isEmpty() || only.contains(s.dataset()))
        .sorted(Comparator.comparing(s -> s.isFetched() ? 0 : 1))
        .toList();
  }

  /** Types what was landed again, and adds to the report whether it is what is committed. */
  void verify(List<ChannelConnector> connectors, List<String> only, Days days, RunReport report) {
    for (ChannelConnector connector : connectors) {
      for (ChannelStream stream : streams(connector, only)) {
        report.dataset(
            stream.dataset(),
            () ->
                new StreamReading(opened, channels, landing, connector, stream)
                    .verify(landedDays(stream, days)));
      }
    }
  }

  /** Of a snapshot those days that were read. */
  private List<LocalDate> landedDays(ChannelStream stream, Days days) {
    Dataset dataset = opened.datasets().get(stream.dataset());
    Pin pin = opened.lake().pin(dataset.table());
    return days.all().stream()
        .filter(day -> !dataset.schema().snapshot() || pin.newest(Partition.of(day)).isPresent())
        .toList();
  }

  /** Types what was landed again, and commits where that gives other rows; calls nobody. */
  void replay(
      List<ChannelConnector> connectors,
      List<String> only,
      Days days,
      BuildMode mode,
      RunReport report) {
    CollectionPlan nothing = CollectionPlan.nothing(clock.instant());
    for (ChannelConnector connector : connectors) {
      for (ChannelStream stream : streams(connector, only)) {
        LandedOnly landed = new LandedOnly(connector);
        StreamReading reading = new StreamReading(opened, channels, landing, landed, stream);
        List<PartitionPlan> plans =
            landedDays(stream, days).stream()
                .map(
                    day -> new PartitionPlan(Partition.of(day), Action.BUILD, "to be replayed", ""))
                .toList();
        report.dataset(
            stream.dataset(), () -> reading.read(plans, mode, readings, nothing, budget));
        restatedDays.addAll(reading.restated());
      }
    }
    noteRestatements(report);
  }

  /** What {@link #run} would read of a connector's streams, by dataset; calls go to the report. */
  Map<String, List<PartitionPlan>> plan(
      ChannelConnector connector, List<String> only, Days days, BuildMode mode, RunReport report) {
    keepForTheDailyRun(connector, days);
    Collection collection = collection(streams(connector, only), days, mode, s -> Map.of());
    Map<String, List<PartitionPlan>> plans = new LinkedHashMap<>();
    for (ChannelStream stream : streams(connector, only)) {
      plans.put(stream.dataset(), collection.of(stream));
      report.fact("calls." + stream.dataset(), collection.cost(stream));
    }
    return plans;
  }

  /** What is read of a channel now: its streams share its limits. */
  private record Collection(
      LocalDate last, Map<String, IngestPlan> days, CollectionPlan decisions) {
    List<PartitionPlan> of(ChannelStream stream) {
      return days.get(stream.name()).decided(decisions);
    }

    String cost(ChannelStream stream) {
      return days.get(stream.name()).cost(decisions);
    }
  }

  /** When the source says it has corrected an account's days. */
  @FunctionalInterface
  private interface Restated {
    Map<ChannelAccount, Map<LocalDate, Instant>> of(ChannelStream stream);
  }

  private Collection collection(
      List<ChannelStream> streams, Days days, BuildMode mode, Restated restated) {
    Map<String, IngestPlan> plans = new TreeMap<>();
    for (ChannelStream stream : streams) {
      Dataset dataset = opened.datasets().get(stream.dataset());
      Pin built = opened.lake().pin(dataset.table());
      Days read = dataset.schema().snapshot() ? days.last() : days;
      plans.put(stream.name(), IngestPlan.of(stream, built, read, mode, restated.of(stream)));
    }
    List<Wanted> wanted = plans.values().stream().map(IngestPlan::wanted).toList();
    return new Collection(
        days.to(), plans, CollectionPlan.of(wanted, readings, budget, clock.instant()));
  }

  /** What a source does not say now, the next run asks again. */
  private Map<ChannelAccount, Map<LocalDate, Instant>> restated(
      ChannelConnector connector, ChannelStream stream, Days days) {
    Map<ChannelAccount, Map<LocalDate, Instant>> restated = new LinkedHashMap<>();
    if (days.reach() == Days.Reach.WITH_LOOKBACK) {
      budget.asking();
      for (ChannelAccount account : stream.accounts()) {
        try {
          restated.put(account, connector.restated(stream, account));
        } catch (ChannelException e) {
          log.warn("{} does not say which days it has corrected: {}", account, e.getMessage());
        }
      }
    }
    return restated;
  }

  /** A backfill comes last: it leaves alone what yesterday's run of today still needs. */
  private void keepForTheDailyRun(ChannelConnector connector, Days days) {
    if (days.reach() == Days.Reach.WITH_LOOKBACK) {
      return;
    }
    ZoneId zone = opened.site().timezone();
    LocalDate today = LocalDate.ofInstant(clock.instant(), zone);
    LocalDate yesterday = today.minusDays(1);
    Days daily = new Days(yesterday, yesterday, Days.Reach.WITH_LOOKBACK);
    collection(connector.streams(), daily, BuildMode.CHANGED, s -> Map.of())
        .decisions
        .leaveCalls(budget, today.atStartOfDay(zone).toInstant());
  }

  private List<PartitionOutcome> read(
      ChannelConnector connector,
      ChannelStream stream,
      Collection collection,
      BuildMode mode,
      RunReport report) {
    List<PartitionOutcome> outcomes = new ArrayList<>();
    List<PartitionPlan> toRead = new ArrayList<>();
    for (PartitionPlan plan : collection.of(stream)) {
      String day = plan.partition().toString();
      switch (plan.action()) {
        case BUILD -> toRead.add(plan);
        case WAIT ->
            outcomes.add(
                new Failed(stream.dataset(), day, ExitCode.UNAVAILABLE, plan.reason() + "."));
        default -> outcomes.add(new Unchanged(stream.dataset(), day));
      }
    }
    StreamReading reading = new StreamReading(opened, channels, landing, connector, stream);
    outcomes.addAll(reading.read(toRead, mode, readings, collection.decisions, budget));
    restatedDays.addAll(reading.restated());
    report.fact("complete_until." + stream.dataset(), Completeness.of(stream, reading.after()));
    Completeness.newest(stream, reading.after())
        .map(until -> ChronoUnit.DAYS.between(until, collection.last))
        .map(days -> Duration.ofDays(days).toSeconds())
        .ifPresent(lag -> report.measure(Metric.DATASET_LAG, lag, stream.dataset()));
    reading
        .notes()
        .forEach(
            (name, note) -> {
              log.warn(note);
              report.fact(name + "." + stream.dataset(), note);
            });
    return outcomes;
  }
}
