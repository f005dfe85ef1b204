package ltv.ingest;

import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import ltv.dataset.BuildMode;
import ltv.dataset.Dataset;
import ltv.dataset.Opened;
import ltv.dataset.PartitionPlan;
import ltv.ingest.channel.ChannelConnector;
import ltv.ingest.channel.ChannelStream;
import ltv.ingest.land.Landing;
import ltv.ingest.plan.ReadLog;
import ltv.ingest.plan.Rereading;
import ltv.lake.Pin;
import ltv.run.Days;
import ltv.run.PartitionOutcome;
import ltv.run.RunReport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Reads every stream of every channel for the days of the run; one that fails stops no other. */
final class IngestJob {
  private static final Logger log = LoggerFactory.getLogger(IngestJob.class);

  private final Opened opened;
  private final Channels channels;
  private final Landing landing;
  private final ReadLog readings;
  private final Clock clock;

  /**
   * A job over open resources.
   *
   * @param clock tells which days were read lately, for nothing else
   */
  IngestJob(Opened opened, Channels channels, Landing landing, Clock clock) {
    this.opened = opened;
    this.channels = channels;
    this.landing = landing;
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
      for (ChannelStream stream : streams(connector, only)) {
        if (opened.run().stop().requested()) {
          log.warn("told to stop: ending before {}", stream.dataset());
          return;
        }
        report.dataset(stream.dataset(), () -> read(connector, stream, days, mode, report));
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

  /** What {@link #run} would read of a stream. */
  List<PartitionPlan> plan(ChannelStream stream, Days days, BuildMode mode) {
    return plan(stream, days, mode, rereading(stream, days));
  }

  private List<PartitionPlan> plan(
      ChannelStream stream, Days days, BuildMode mode, Rereading rereading) {
    Dataset dataset = opened.datasets().get(stream.dataset());
    Pin built = opened.lake().pin(dataset.table());
    return IngestPlan.of(stream, built, days, mode, rereading);
  }

  private Rereading rereading(ChannelStream stream, Days days) {
    return new Rereading(stream, days, readings, clock.instant());
  }

  private List<PartitionOutcome> read(
      ChannelConnector connector,
      ChannelStream stream,
      Days days,
      BuildMode mode,
      RunReport report) {
    List<PartitionOutcome> outcomes = new ArrayList<>();
    List<PartitionPlan> toRead = new ArrayList<>();
    Rereading rereading = rereading(stream, days);
    for (PartitionPlan plan : plan(stream, days, mode, rereading)) {
      if (plan.action() == PartitionPlan.Action.BUILD) {
        toRead.add(plan);
      } else {
        outcomes.add(new PartitionOutcome.Unchanged(stream.dataset(), plan.partition().toString()));
      }
    }
    StreamReading reading = new StreamReading(opened, channels, landing, connector, stream);
    outcomes.addAll(reading.read(toRead, mode, readings, rereading));
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
