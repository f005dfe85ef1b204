package ltv.ingest;

import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import ltv.dataset.BuildMode;
import ltv.dataset.Opened;
import ltv.dataset.PartitionPlan;
import ltv.ingest.channel.ChannelConnector;
import ltv.ingest.channel.ChannelStream;
import ltv.ingest.land.Landing;
import ltv.ingest.plan.CallBudget;
import ltv.ingest.plan.CollectionPlan;
import ltv.ingest.plan.ReadLog;
import ltv.ingest.plan.Wanted;
import ltv.lake.Pin;
import ltv.run.Days;
import ltv.run.ExitCode;
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
      Collection collection = collection(connector, only, days, mode);
      for (ChannelStream stream : streams(connector, only)) {
        if (opened.run().stop().requested()) {
          log.warn("told to stop: ending before {}", stream.dataset());
          return;
        }
        report.dataset(stream.dataset(), () -> read(connector, stream, collection, mode, report));
      }
    }
  }

  /** The streams of a connector that the run is about. */
  static List<ChannelStream> streams(ChannelConnector connector, List<String> only) {
    return connector.streams().stream()
        .filter(s -> only.isEmpty() || only.contains(s.dataset()))
        .toList();
  }

  /** Types what was landed again, and adds to the report whether it is what is committed. */
  void verify(List<ChannelConnector> connectors, List<String> only, Days days, RunReport report) {
    for (ChannelConnector connector : connectors) {
      for (ChannelStream stream : streams(connector, only)) {
        report.dataset(
            stream.dataset(),
            () ->
                new StreamReading(opened, channels, landing, connector, stream).verify(days.all()));
      }
    }
  }

  /** What {@link #run} would read of a connector's streams, by dataset. */
  Map<String, List<PartitionPlan>> plan(
      ChannelConnector connector, List<String> only, Days days, BuildMode mode) {
    Collection collection = collection(connector, only, days, mode);
    Map<String, List<PartitionPlan>> plans = new LinkedHashMap<>();
    for (ChannelStream stream : streams(connector, only)) {
      plans.put(stream.dataset(), collection.of(stream));
    }
    return plans;
  }

  /** What is read of a channel now: its streams share its limits. */
  private record Collection(Map<String, IngestPlan> days, CollectionPlan decisions) {
    List<PartitionPlan> of(ChannelStream stream) {
      return days.get(stream.name()).decided(decisions);
    }
  }

  private Collection collection(
      ChannelConnector connector, List<String> only, Days days, BuildMode mode) {
    if (days.reach() == Days.Reach.EXACT) {
      keepForTheDailyRun(connector);
    }
    return collection(streams(connector, only), days, mode);
  }

  private Collection collection(List<ChannelStream> streams, Days days, BuildMode mode) {
    Map<String, IngestPlan> plans = new TreeMap<>();
    for (ChannelStream stream : streams) {
      Pin built = opened.lake().pin(opened.datasets().get(stream.dataset()).table());
      plans.put(stream.name(), IngestPlan.of(stream, built, days, mode));
    }
    List<Wanted> wanted = plans.values().stream().map(IngestPlan::wanted).toList();
    return new Collection(plans, CollectionPlan.of(wanted, readings, budget, clock.instant()));
  }

  /** A backfill comes last: it leaves alone what yesterday's run of today still needs. */
  private void keepForTheDailyRun(ChannelConnector connector) {
    ZoneId zone = opened.site().timezone();
    LocalDate today = LocalDate.ofInstant(clock.instant(), zone);
    LocalDate yesterday = today.minusDays(1);
    Days daily = new Days(yesterday, yesterday, Days.Reach.WITH_LOOKBACK);
    collection(connector.streams(), daily, BuildMode.CHANGED)
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
    reading
        .unread()
        .ifPresent(
            unread -> {
              log.warn("{}; run these days too", unread);
              report.fact("unread." + stream.dataset(), unread);
            });
    return outcomes;
  }
}
