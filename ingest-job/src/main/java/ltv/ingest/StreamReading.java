package ltv.ingest;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import ltv.config.SiteConfig;
import ltv.dataset.BuildMode;
import ltv.dataset.Dataset;
import ltv.dataset.Datasets;
import ltv.dataset.PartitionBuild;
import ltv.dataset.PartitionBuild.Built;
import ltv.dataset.PartitionBuild.Origin;
import ltv.dataset.PartitionPlan;
import ltv.dataset.Recipe;
import ltv.dataset.SqlStage;
import ltv.engine.DuckDb;
import ltv.engine.DuckDbSession;
import ltv.ingest.channel.ChannelConnector;
import ltv.ingest.channel.ChannelStream;
import ltv.ingest.channel.FetchRequest;
import ltv.ingest.land.LandedDay;
import ltv.ingest.land.Landing;
import ltv.ingest.type.IngestFunctions;
import ltv.ingest.type.RawShape;
import ltv.ingest.type.RawTable;
import ltv.lake.BuiltPartition;
import ltv.lake.Fingerprint;
import ltv.lake.Lake;
import ltv.lake.LakeTable;
import ltv.lake.Partition;
import ltv.lake.Pin;
import ltv.run.ExitCode;
import ltv.run.JobException;
import ltv.run.PartitionOutcome;
import ltv.run.PartitionOutcome.Failed;
import ltv.run.PartitionOutcome.NotReady;
import ltv.run.PartitionOutcome.Unchanged;
import ltv.run.Progress;
import ltv.run.Run;

/**
 * Reads days of one stream: fetch, land, type, check, commit. The base is pinned before the first
 * fetch, so a reading that was overtaken cannot overwrite a newer one.
 */
final class StreamReading {
  /** After one of these the source will not answer the next day either. */
  private static final Set<ExitCode> ENDS_THE_STREAM =
      Set.of(ExitCode.REFUSED, ExitCode.UNAVAILABLE, ExitCode.BUG);

  private final Run run;
  private final DuckDb engine;
  private final SiteConfig site;
  private final Datasets datasets;
  private final Landing landing;
  private final ChannelConnector connector;
  private final ChannelStream stream;
  private final Dataset dataset;
  private final RawShape shape;
  private final LakeTable table;
  private final String recipe;

  StreamReading(
      Run run,
      SiteConfig site,
      Lake lake,
      DuckDb engine,
      Datasets datasets,
      Landing landing,
      ChannelConnector connector,
      ChannelStream stream,
      RawShape shape) {
    this.run = run;
    this.site = site;
    this.engine = engine;
    this.datasets = datasets;
    this.landing = landing;
    this.connector = connector;
    this.stream = stream;
    this.shape = shape;
    this.dataset = datasets.get(stream.dataset());
    this.table = lake.table(dataset.table());
    this.recipe =
        Fingerprint.start().add(Recipe.of(dataset, new TreeMap<>())).add(shape.toString()).hex();
  }

  /** Reads the days in order and commits up to 31 of them at a time. */
  List<PartitionOutcome> read(List<PartitionPlan> plans, BuildMode mode) {
    List<PartitionOutcome> outcomes = new ArrayList<>();
    Pin base = table.pin();
    for (int i = 0; i < plans.size(); i += SqlStage.PARTITIONS_PER_COMMIT) {
      List<PartitionPlan> some =
          plans.subList(i, Math.min(plans.size(), i + SqlStage.PARTITIONS_PER_COMMIT));
      if (run.stop().requested() || endsTheStream(outcomes)) {
        break;
      }
      outcomes.addAll(new Batch(base, mode).read(some));
    }
    return outcomes;
  }

  private static boolean endsTheStream(List<PartitionOutcome> outcomes) {
    return outcomes.stream().anyMatch(o -> ENDS_THE_STREAM.contains(o.exitCode()));
  }

  private final class Batch {
    private final Pin base;
    private final BuildMode mode;
    private final List<PartitionOutcome> outcomes = new ArrayList<>();
    private final List<BuiltPartition> passed = new ArrayList<>();
    private final List<Built> held = new ArrayList<>();

    Batch(Pin base, BuildMode mode) {
      this.base = base;
      this.mode = mode;
    }

    List<PartitionOutcome> read(List<PartitionPlan> plans) {
      try (Typing typing = new Typing(base);
          Progress progress = Progress.of(dataset.name(), plans.size())) {
        for (PartitionPlan plan : plans) {
          if (run.stop().requested() || endsTheStream(outcomes)) {
            break;
          }
          day(plan.partition(), typing);
          progress.step(passed.isEmpty() ? 0 : passed.get(passed.size() - 1).facts().rowsOut());
        }
      }
      if (!passed.isEmpty()) {
        outcomes.addAll(table.commit(base).publish(passed));
      }
      for (Built built : held) {
        String failed = String.join("; ", built.checks().failures()) + ".";
        outcomes.add(table.commit(base).hold(built.partition(), failed));
      }
      return outcomes;
    }

    private void day(Partition partition, Typing typing) {
      try {
        LocalDate date = partition.day().orElseThrow();
        List<LandedDay> landed =
            stream.accounts().stream()
                .map(account -> landing.land(connector, new FetchRequest(stream, account, date)))
                .toList();
        Fingerprint inputs = Fingerprint.start();
        landed.forEach(day -> inputs.add(day.hash()));
        String hash = inputs.hex();
        boolean same = base.newest(partition).filter(e -> e.builtFrom(recipe, hash)).isPresent();
        if (same && mode != BuildMode.FORCE) {
          outcomes.add(new Unchanged(dataset.name(), partition.toString()));
          return;
        }
        Built built = typing.type(partition, landed, hash);
        if (built.checks().passed()) {
          passed.add(built.partition());
        } else {
          held.add(built);
        }
      } catch (JobException e) {
        String message = e.getMessage();
        outcomes.add(
            e.exitCode() == ExitCode.NOT_READY
                ? new NotReady(dataset.name(), partition.toString(), message)
                : new Failed(dataset.name(), partition.toString(), e.exitCode(), message));
      }
    }
  }

  /** A DuckDB session that is opened when the first day has something new. */
  private final class Typing implements AutoCloseable {
    private final PartitionBuild builder;
    private DuckDbSession session;
    private RawTable raw;

    Typing(Pin base) {
      this.builder = new PartitionBuild(run, dataset, datasets, table, base);
    }

    Built type(Partition partition, List<LandedDay> landed, String inputs) {
      if (session == null) {
        session = engine.open();
        IngestFunctions.define(session);
        if (site.personalData() != null) {
          IngestFunctions.define(session, site.personalData());
        }
        List<String> names = new ArrayList<>();
        dataset.schema().raw().path("columns").forEach(c -> names.add(c.path("name").asText()));
        raw = new RawTable(session, landing.root(), names, shape);
      }
      long rows = raw.fill(landed);
      session.define("run_date", partition.day().orElseThrow());
      return builder.build(session, partition, new Origin(recipe, inputs, rows, List.of()));
    }

    @Override
    public void close() {
      if (session != null) {
        session.close();
      }
    }
  }
}
