package ltv.dataset;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import ltv.config.SiteConfig;
import ltv.dataset.PartitionBuild.Built;
import ltv.dataset.PartitionBuild.Origin;
import ltv.engine.Engine;
import ltv.engine.Session;
import ltv.lake.Lake;
import ltv.lake.LakeTable;
import ltv.lake.LedgerEntry;
import ltv.lake.Partition;
import ltv.lake.Pin;
import ltv.run.Days;
import ltv.run.PartitionOutcome;
import ltv.run.PartitionOutcome.Differs;
import ltv.run.PartitionOutcome.Held;
import ltv.run.PartitionOutcome.NotReady;
import ltv.run.PartitionOutcome.Rejected;
import ltv.run.PartitionOutcome.Unchanged;
import ltv.run.PartitionOutcome.Verified;
import ltv.run.Progress;
import ltv.run.Run;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/**
 * Builds the partitions of one dataset. Same inputs and same recipe give the same rows; calling it
 * again is harmless.
 */
public final class SqlStage {
  /** A range commits once per dataset for up to this many partitions. */
  public static final int PARTITIONS_PER_COMMIT = 31;

  private static final Logger log = LoggerFactory.getLogger(SqlStage.class);

  private final Run run;
  private final SiteConfig site;
  private final Lake lake;
  private final Engine engine;
  private final Datasets datasets;
  private final Map<String, String> parameters;
  private Map<String, String> pinned = Map.of();

  public SqlStage(Run run, SiteConfig site, Lake lake, Engine engine, Datasets datasets) {
    this.run = run;
    this.site = site;
    this.lake = lake;
    this.engine = engine;
    this.datasets = datasets;
    this.parameters = site.parameters();
  }

  /** What is there, pinned at one moment, and what a run means to do with it. */
  private record Looked(
      Optional<LakeTable> table,
      Pin base,
      StageInputs inputs,
      String recipe,
      List<PartitionPlan> plans) {}

  private Looked look(Dataset dataset, Days days, BuildMode mode) {
    Optional<LakeTable> table = lake.existing(dataset.table());
    Pin base = table.map(LakeTable::pin).orElseGet(Pin::nothing);
    StageInputs inputs = StageInputs.pin(dataset, datasets, site, lake);
    String recipe = Recipe.of(dataset, parameters);
    StagePlan plan = new StagePlan(dataset, site, inputs, base, recipe, mode);
    return new Looked(table, base, inputs, recipe, plan.over(days));
  }

  /** What {@link #run} would do; writes nothing. */
  public List<PartitionPlan> plan(Dataset dataset, Days days, BuildMode mode) {
    return look(dataset, days, mode).plans;
  }

  /** Plans, builds and commits. */
  public List<PartitionOutcome> run(Dataset dataset, Days days, BuildMode mode) {
    Looked looked = look(dataset, days, mode);
    pinned = looked.inputs.snapshots();
    looked.table.ifPresent(LakeTable::tell);
    List<PartitionOutcome> outcomes = new ArrayList<>();
    List<PartitionPlan> toBuild = new ArrayList<>();
    for (PartitionPlan plan : looked.plans) {
      String partition = plan.partition().toString();
      switch (plan.action()) {
        case BUILD -> toBuild.add(plan);
        case KEEP -> outcomes.add(new Unchanged(dataset.name(), partition));
        case KEEP_HELD, KEEP_REJECTED ->
            outcomes.add(decided(plan, dataset, looked.base).orElseThrow());
        case WAIT -> outcomes.add(new NotReady(dataset.name(), partition, plan.reason()));
      }
    }
    if (!toBuild.isEmpty()) {
      LakeTable table = lake.table(dataset.table());
      for (List<PartitionPlan> some : batches(toBuild, looked.inputs)) {
        if (run.stop().requested()) {
          break;
        }
        // always the base pinned with the inputs: what others committed since must not be
        // overwritten
        outcomes.addAll(new Batch(dataset, table, looked, days.to()).build(some));
      }
    }
    return outcomes;
  }

  /** The end of a partition that a person decides about, or has decided about. */
  private static Optional<PartitionOutcome> decided(PartitionPlan plan, Dataset dataset, Pin base) {
    String partition = plan.partition().toString();
    boolean follows = base.newest(plan.partition()).filter(LedgerEntry::follows).isPresent();
    return switch (plan.action()) {
      case KEEP_HELD ->
          Optional.of(new Held(dataset.name(), partition, plan.reason() + ".", follows));
      case KEEP_REJECTED -> Optional.of(new Rejected(dataset.name(), partition, plan.reason()));
      default -> Optional.empty();
    };
  }

  /** What is built on held rows sees tables that the others must not see: each by itself. */
  private static List<List<PartitionPlan>> batches(List<PartitionPlan> plans, StageInputs inputs) {
    List<List<PartitionPlan>> batches = new ArrayList<>();
    boolean open = false;
    for (PartitionPlan plan : plans) {
      boolean alone = !inputs.held(plan.partition().day()).isEmpty();
      if (!open || alone || batches.get(batches.size() - 1).size() == PARTITIONS_PER_COMMIT) {
        batches.add(new ArrayList<>());
      }
      batches.get(batches.size() - 1).add(plan);
      open = !alone;
    }
    return batches;
  }

  /** The snapshots of the inputs that the last run was pinned to, by dataset. */
  Map<String, String> pinned() {
    return pinned;
  }

  /**
   * Builds every partition of the days again, and compares it with what is committed; nothing is
   * written. Files are read where they lie, not from copies.
   *
   * @param known what has been found of files so far, by the entry that names them
   */
  public List<PartitionOutcome> verify(
      Dataset dataset, Days days, Map<LedgerEntry, Optional<String>> known) {
    Days exact = new Days(days.from(), days.to(), Days.Reach.EXACT);
    Looked looked = look(dataset, exact, BuildMode.CHANGED);
    Optional<LakeTable> table = lake.existing(dataset.table());
    List<PartitionOutcome> outcomes = new ArrayList<>();
    List<PartitionPlan> toBuild = new ArrayList<>();
    for (PartitionPlan plan : looked.plans) {
      String partition = plan.partition().toString();
      if (plan.action() != PartitionPlan.Action.KEEP) {
        outcomes.add(
            decided(plan, dataset, looked.base)
                .orElseGet(
                    () ->
                        new NotReady(
                            dataset.name(),
                            partition,
                            plan.reason() + "; run the day, then verify it.")));
        continue;
      }
      LedgerEntry entry = looked.base.published().get(plan.partition());
      looked
          .inputs
          .damaged(plan.partition().day(), known)
          .or(() -> known.computeIfAbsent(entry, table.orElseThrow()::damaged))
          .ifPresentOrElse(
              cause -> outcomes.add(new Differs(dataset.name(), partition, cause)),
              () -> toBuild.add(plan));
    }
    if (!toBuild.isEmpty()) {
      new Batch(dataset, table.orElseThrow(), looked, days.to())
          .build(toBuild, built -> outcomes.add(compared(built.facts(), looked.base.published())));
    }
    return outcomes;
  }

  private static PartitionOutcome compared(
      LedgerEntry again, SortedMap<Partition, LedgerEntry> published) {
    LedgerEntry committed = published.get(Partition.parse(again.partition()));
    return again.content().equals(committed.content())
        ? new Verified(again.dataset(), again.partition())
        : new Differs(
            again.dataset(),
            again.partition(),
            "the same inputs and recipe give "
                + again.rowsOut()
                + " rows with the hash "
                + again.content()
                + ", committed are "
                + committed.rowsOut()
                + " with "
                + committed.content());
  }

  /** Partitions that are built in one session and committed in one snapshot. */
  private final class Batch {
    private final Dataset dataset;
    private final LakeTable table;
    private final Looked looked;
    private final LocalDate lastDay;

    Batch(Dataset dataset, LakeTable table, Looked looked, LocalDate lastDay) {
      this.dataset = dataset;
      this.table = table;
      this.looked = looked;
      this.lastDay = lastDay;
    }

    List<PartitionOutcome> build(List<PartitionPlan> plans) {
      BuiltBatch batch = new BuiltBatch(table, looked.base);
      build(plans, batch::add);
      return batch.commit();
    }

    /** Builds; what becomes of it is the caller's business. */
    void build(List<PartitionPlan> plans, Consumer<Built> to) {
      PartitionBuild builder =
          new PartitionBuild(run, dataset, datasets, table, looked.base, site.specialDays());
      SortedMap<String, SortedSet<String>> without = new TreeMap<>();
      try (Session session = engine.open();
          Progress progress = Progress.of(dataset.name(), plans.size())) {
        for (String name : dataset.schema().parameters()) {
          session.define("param_" + name, parameters.get(name));
        }
        session.define("run_id", run.id());
        looked.inputs.define(session, plans.stream().map(PartitionPlan::partition).toList());
        for (PartitionPlan plan : plans) {
          if (run.stop().requested()) {
            break;
          }
          Built built = build(session, builder, plan);
          built.facts().missing().stream()
              .map(partition -> partition.split("/", 2))
              .forEach(p -> without.computeIfAbsent(p[0], n -> new TreeSet<>()).add(p[1]));
          to.accept(built);
          progress.step(built.facts().rowsOut());
        }
      }
      if (!without.isEmpty()) {
        // what only its inputs lack, their own line has told
        boolean itself =
            !Collections.disjoint(without.keySet(), dataset.schema().inputs().keySet());
        log.atLevel(itself ? Level.WARN : Level.INFO)
            .log(
                "Built without {}",
                without.entrySet().stream()
                    .map(of -> of.getKey() + "/" + Days.span(of.getValue()))
                    .collect(Collectors.joining(", ")));
      }
    }

    private Built build(Session session, PartitionBuild builder, PartitionPlan plan) {
      Optional<LocalDate> day = plan.partition().day();
      day.ifPresent(d -> session.define("run_date", d));
      looked.inputs.narrow(session, day);
      List<String> missing = looked.inputs.builtWithout(day, lastDay, site.lookbackDays());
      Built built =
          builder.build(
              session,
              plan.partition(),
              new Origin(
                  looked.recipe,
                  plan.inputs(),
                  rowsIn(plan.partition()),
                  missing,
                  Map.of(),
                  looked.inputs.held(day)));
      String name = dataset.name() + "/" + plan.partition();
      built.checks().warnings().forEach(w -> log.warn("{}: {}", name, w));
      return built;
    }

    private long rowsIn(Partition partition) {
      return dataset.schema().checks().stream()
          .filter(c -> c.rule().equals("same_count"))
          .flatMap(c -> c.comparedWith().stream())
          .mapToLong(input -> looked.inputs.rows(input, partition.day()).orElse(0))
          .reduce(Long::sum)
          .orElse(-1);
    }
  }
}
