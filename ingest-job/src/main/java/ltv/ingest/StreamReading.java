package ltv.ingest;

import java.io.IOException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import ltv.dataset.BuildMode;
import ltv.dataset.BuiltBatch;
import ltv.dataset.Dataset;
import ltv.dataset.Opened;
import ltv.dataset.PartitionBuild.Built;
import ltv.dataset.PartitionBuild.Origin;
import ltv.dataset.PartitionPlan;
import ltv.dataset.Recipe;
import ltv.dataset.SqlStage;
import ltv.ingest.channel.ChannelAccount;
import ltv.ingest.channel.ChannelConnector;
import ltv.ingest.channel.ChannelStream;
import ltv.ingest.land.LandedDay;
import ltv.ingest.land.LandedSources;
import ltv.ingest.land.Landing;
import ltv.ingest.plan.CallBudget;
import ltv.ingest.plan.CollectionPlan;
import ltv.ingest.plan.ReadLog;
import ltv.ingest.type.RawShape;
import ltv.lake.Fingerprint;
import ltv.lake.LakeTable;
import ltv.lake.LedgerEntry;
import ltv.lake.Partition;
import ltv.lake.Pin;
import ltv.run.ExitCode;
import ltv.run.JobException;
import ltv.run.PartitionOutcome;
import ltv.run.PartitionOutcome.Differs;
import ltv.run.PartitionOutcome.Failed;
import ltv.run.PartitionOutcome.Held;
import ltv.run.PartitionOutcome.NotReady;
import ltv.run.PartitionOutcome.Unchanged;
import ltv.run.PartitionOutcome.Verified;
import ltv.run.Progress;

/**
 * Reads days of one stream: fetch, land, type, check, commit. The base is pinned before the first
 * fetch, so a reading that was overtaken cannot overwrite a newer one.
 */
final class StreamReading {
  private final Opened opened;
  private final Landing landing;
  private final ChannelConnector connector;
  private final ChannelStream stream;
  private final Dataset dataset;
  private final LakeTable table;
  private final String recipe;
  private final RawShape shape;
  private final Typing typing;
  private final SortedSet<LocalDate> restated = new TreeSet<>();
  private Pin after = Pin.nothing();
  private Map<String, String> notes = Map.of();

  StreamReading(
      Opened opened,
      Channels channels,
      Landing landing,
      ChannelConnector connector,
      ChannelStream stream) {
    this.opened = opened;
    this.landing = landing;
    this.connector = connector;
    this.stream = stream;
    this.dataset = opened.datasets().get(stream.dataset());
    this.table = opened.lake().table(dataset.table());
    this.shape = channels.shape(dataset);
    String key = channels.functions().keyOf(dataset.schema());
    this.recipe =
        Fingerprint.start().add(Recipe.of(dataset, new TreeMap<>())).add(shape + key).hex();
    this.typing = new Typing(opened, dataset, table, landing, shape, channels.functions());
  }

  /**
   * Reads the days in order and commits up to 31 of them at a time.
   *
   * @param readings where each reading is noted
   * @param collection which account's days are read at all
   * @param budget counts the calls
   */
  List<PartitionOutcome> read(
      List<PartitionPlan> plans,
      BuildMode mode,
      ReadLog readings,
      CollectionPlan collection,
      CallBudget budget) {
    List<PartitionOutcome> outcomes = new ArrayList<>();
    Pin base = table.pin();
    AccountReading accounts =
        new AccountReading(
            stream, connector, Optional.ofNullable(shape.rows()), landing, collection, budget);
    try (typing) {
      for (int i = 0; i < plans.size(); i += SqlStage.PARTITIONS_PER_COMMIT) {
        List<PartitionPlan> some =
            plans.subList(i, Math.min(plans.size(), i + SqlStage.PARTITIONS_PER_COMMIT));
        if (opened.run().stop().requested()) {
          break;
        }
        outcomes.addAll(new Batch(base, mode, accounts, readings).read(some));
      }
      after = table.pin();
      notes = typing.notes(after);
    }
    after.published().forEach((p, entry) -> noteRestated(base.published().get(p), entry));
    return outcomes;
  }

  private void noteRestated(LedgerEntry before, LedgerEntry now) {
    if (before != null && !before.totals().equals(now.totals())) {
      restated.add(LocalDate.parse(now.partition()));
    }
  }

  /** Types the landed bytes of the days again and compares; calls nobody, writes nothing. */
  List<PartitionOutcome> verify(List<LocalDate> days) {
    Pin base = table.pin();
    List<PartitionOutcome> outcomes = new ArrayList<>();
    try (typing) {
      for (LocalDate day : days) {
        Partition partition = Partition.of(day);
        LedgerEntry entry = base.published().get(partition);
        outcomes.add(
            entry == null
                ? new NotReady(
                    dataset.name(), partition.toString(), "it was never read; run the day.")
                : verify(partition, entry, base));
      }
    }
    return outcomes;
  }

  private PartitionOutcome verify(Partition partition, LedgerEntry entry, Pin base) {
    String name = partition.toString();
    try {
      if (opened.site().keepLandingDays() != null && landing.sources().areGone(entry.sources())) {
        return new NotReady(dataset.name(), name, LandedSources.EXPIRED);
      }
      Optional<String> damaged =
          landing.sources().damaged(entry.sources()).or(() -> table.damaged(entry));
      if (damaged.isPresent()) {
        return new Differs(dataset.name(), name, damaged.get());
      }
      if (!entry.recipe().equals(recipe)) {
        return new NotReady(dataset.name(), name, "recipe changed; run the day, then verify it.");
      }
      Origin origin = new Origin(recipe, entry.inputs(), -1, List.of(), entry.sources());
      List<LandedDay> landed = landing.sources().days(entry.sources().keySet());
      String again = typing.type(partition, landed, origin, base).facts().content();
      return again.equals(entry.content())
          ? new Verified(dataset.name(), name)
          : new Differs(
              dataset.name(),
              name,
              "the landed bytes give the hash " + again + ", committed is " + entry.content());
    } catch (IOException e) {
      return new Differs(dataset.name(), name, String.valueOf(e.getMessage()));
    }
  }

  /** What is worth telling: lines of days that no run has read, new fields; after {@link #read}. */
  Map<String, String> notes() {
    return notes;
  }

  /** The table when all was read; after {@link #read}. */
  Pin after() {
    return after;
  }

  /** Days of which readers now see other sums than before; after {@link #read}. */
  SortedSet<LocalDate> restated() {
    return restated;
  }

  private final class Batch {
    private final Pin base;
    private final BuildMode mode;
    private final AccountReading accounts;
    private final ReadLog readings;
    private final List<PartitionOutcome> outcomes = new ArrayList<>();
    private final List<LandedDay> built = new ArrayList<>();
    private final BuiltBatch batch;

    Batch(Pin base, BuildMode mode, AccountReading accounts, ReadLog readings) {
      this.base = base;
      this.mode = mode;
      this.accounts = accounts;
      this.readings = readings;
      this.batch = new BuiltBatch(table, base);
    }

    List<PartitionOutcome> read(List<PartitionPlan> plans) {
      try (Progress progress = Progress.of(dataset.name(), plans.size())) {
        for (PartitionPlan plan : plans) {
          if (opened.run().stop().requested()) {
            break;
          }
          progress.step(day(plan.partition()));
        }
      }
      List<PartitionOutcome> committed = batch.commit();
      outcomes.addAll(committed);
      // a day that was read and not committed is read again
      if (committed.stream().allMatch(o -> o.exitCode() == ExitCode.OK || o instanceof Held)) {
        built.forEach(readings::add);
      }
      return outcomes;
    }

    private PartitionOutcome kept(LedgerEntry entry) {
      return entry.published()
          ? new Unchanged(entry.dataset(), entry.partition())
          : new Held(entry.dataset(), entry.partition(), "A check failed when it was built.");
    }

    /** Fetches one day and builds it where it is new; returns the rows that were built. */
    private long day(Partition partition) {
      try {
        AccountReading.Day day = accounts.read(partition.day().orElseThrow());
        day.failed().forEach((account, e) -> failed(partition + of(account), e));
        if (!stream.isFetched() && !day.answered()) {
          outcomes.add(
              new NotReady(
                  dataset.name(),
                  partition.toString(),
                  "nothing of " + stream.landedAs() + " has landed of the day; read that first."));
        }
        if (!day.answered() || day.silent().stream().anyMatch(a -> holds(partition, a))) {
          return 0;
        }
        long rows = build(partition, day);
        built.addAll(day.readNow());
        return rows;
      } catch (JobException e) {
        if (e.exitCode() == ExitCode.BUG) {
          accounts.giveUp(e); // what is wrong here is wrong for the next day too
        }
        failed(partition.toString(), e);
        return 0;
      }
    }

    private String of(ChannelAccount account) {
      return stream.accounts().size() == 1 ? "" : " of account " + account.id();
    }

    /** Whether readers see rows of the account that are in the landing no more. */
    private boolean holds(Partition partition, ChannelAccount account) {
      return base.newest(partition)
          .filter(e -> e.sources().keySet().stream().anyMatch(m -> LandedSources.isOf(m, account)))
          .isPresent();
    }

    private long build(Partition partition, AccountReading.Day day) {
      List<String> missing =
          day.silent().stream()
              .map(a -> dataset.name() + "/" + partition + "/account=" + a.id())
              .toList();
      Fingerprint inputs = Fingerprint.start();
      day.landed().forEach(landed -> inputs.add(landed.hash()));
      missing.forEach(inputs::add);
      String hash = inputs.hex();
      Optional<LedgerEntry> same = base.newest(partition).filter(e -> e.builtFrom(recipe, hash));
      if (same.isPresent() && mode != BuildMode.FORCE) {
        outcomes.add(kept(same.get()));
        return 0;
      }
      Origin origin = new Origin(recipe, hash, -1, missing, landing.sources().of(day.landed()));
      Built made = typing.type(partition, day.landed(), origin, base);
      LedgerEntry before = base.published().get(partition);
      // a report of a month lands anew for each of its days when one of them moves
      if (before != null
          && mode != BuildMode.FORCE
          && base.newest(partition).filter(before::equals).isPresent()
          && before.isAlike(made.facts())) {
        outcomes.add(kept(before));
        return 0;
      }
      batch.add(made);
      return made.facts().rowsOut();
    }

    private void failed(String what, JobException e) {
      outcomes.add(
          e.exitCode() == ExitCode.NOT_READY
              ? new NotReady(dataset.name(), what, e.getMessage())
              : new Failed(dataset.name(), what, e.exitCode(), e.getMessage()));
    }
  }
}
