package ltv.ingest;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import ltv.config.SiteConfig;
import ltv.dataset.BuildMode;
import ltv.dataset.Dataset;
import ltv.dataset.Datasets;
import ltv.dataset.PartitionPlan;
import ltv.engine.DuckDb;
import ltv.ingest.channel.ChannelConnector;
import ltv.ingest.channel.ChannelStream;
import ltv.ingest.land.Landing;
import ltv.ingest.type.RawShape;
import ltv.lake.Lake;
import ltv.lake.LakeTable;
import ltv.lake.Pin;
import ltv.run.Days;
import ltv.run.PartitionOutcome;
import ltv.run.Run;
import ltv.run.RunReport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;

/** Reads every stream of every channel for the days of the run; one that fails stops no other. */
final class IngestJob {
  private static final Logger log = LoggerFactory.getLogger(IngestJob.class);

  private final Run run;
  private final SiteConfig site;
  private final Lake lake;
  private final DuckDb engine;
  private final Datasets datasets;
  private final Landing landing;
  private final Map<String, RawShape> declared;

  /**
   * A job over open resources.
   *
   * @param declared shapes that the site declares, by dataset
   */
  IngestJob(
      Run run,
      SiteConfig site,
      Lake lake,
      DuckDb engine,
      Datasets datasets,
      Landing landing,
      Map<String, RawShape> declared) {
    this.run = run;
    this.site = site;
    this.lake = lake;
    this.engine = engine;
    this.datasets = datasets;
    this.landing = landing;
    this.declared = Map.copyOf(declared);
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
        if (run.stop().requested()) {
          log.warn("told to stop: ending before {}", stream.dataset());
          return;
        }
        MDC.put("dataset", stream.dataset());
        long started = System.nanoTime();
        List<PartitionOutcome> outcomes = read(connector, stream, days, mode);
        report.add(outcomes);
        tell(outcomes, started);
        MDC.remove("dataset");
      }
    }
  }

  /** The streams of a connector that the run is about. */
  static List<ChannelStream> streams(ChannelConnector connector, List<String> only) {
    return connector.streams().stream()
        .filter(s -> only.isEmpty() || only.contains(s.dataset()))
        .toList();
  }

  /** What {@link #run} would read of a stream. */
  List<PartitionPlan> plan(ChannelStream stream, Days days, BuildMode mode) {
    Dataset dataset = datasets.get(stream.dataset());
    Pin built = lake.existing(dataset.table()).map(LakeTable::pin).orElseGet(Pin::nothing);
    return IngestPlan.of(stream, built, days, mode);
  }

  private List<PartitionOutcome> read(
      ChannelConnector connector, ChannelStream stream, Days days, BuildMode mode) {
    Dataset dataset = datasets.get(stream.dataset());
    RawShape shape =
        Optional.ofNullable(declared.get(stream.dataset()))
            .orElseGet(() -> RawShape.of(dataset.schema().raw()));
    List<PartitionPlan> plans = plan(stream, days, mode);
    List<PartitionOutcome> outcomes = new ArrayList<>();
    List<PartitionPlan> toRead = new ArrayList<>();
    for (PartitionPlan plan : plans) {
      if (plan.action() == PartitionPlan.Action.BUILD) {
        toRead.add(plan);
      } else {
        outcomes.add(new PartitionOutcome.Unchanged(dataset.name(), plan.partition().toString()));
      }
    }
    StreamReading reading =
        new StreamReading(run, site, lake, engine, datasets, landing, connector, stream, shape);
    outcomes.addAll(reading.read(toRead, mode));
    return outcomes;
  }

  private static void tell(List<PartitionOutcome> outcomes, long started) {
    RunReport of = new RunReport();
    of.add(outcomes);
    of.counts()
        .values()
        .forEach(
            states -> log.info("{} in {} ms", states, (System.nanoTime() - started) / 1_000_000));
    of.problems().stream().limit(5).forEach(log::warn);
  }
}
