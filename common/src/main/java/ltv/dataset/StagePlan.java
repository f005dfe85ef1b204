package ltv.dataset;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import ltv.config.SiteConfig;
import ltv.dataset.PartitionPlan.Action;
import ltv.lake.Hold;
import ltv.lake.LedgerEntry;
import ltv.lake.Partition;
import ltv.lake.Pin;
import ltv.run.Days;

/**
 * Decides for each partition of one dataset whether it is built, from the ledger alone: nothing is
 * read from data files.
 */
final class StagePlan {
  private final Dataset dataset;
  private final SiteConfig site;
  private final StageInputs inputs;
  private final Pin base;
  private final String recipe;
  private final BuildMode mode;

  StagePlan(
      Dataset dataset,
      SiteConfig site,
      StageInputs inputs,
      Pin base,
      String recipe,
      BuildMode mode) {
    this.dataset = dataset;
    this.site = site;
    this.inputs = inputs;
    this.base = base;
    this.recipe = recipe;
    this.mode = mode;
  }

  /** The partitions in order: lookback days that have changed first, then what was asked for. */
  List<PartitionPlan> over(Days days) {
    if (dataset.schema().partition() == null) {
      return List.of(plan(Partition.WHOLE, days.to()));
    }
    List<PartitionPlan> plans = new ArrayList<>();
    if (!dataset.schema().asOf()) {
      lookback(days).stream()
          .map(day -> plan(Partition.of(day), day))
          .filter(p -> p.action() == Action.BUILD)
          .forEach(plans::add);
    }
    days.all().stream()
        .filter(day -> !dataset.schema().asOf() || site.asOf().builds(day, days))
        .map(day -> plan(Partition.of(day), day))
        .forEach(plans::add);
    return plans;
  }

  /** Never before the first day ever built: a new site is not backfilled by its first daily run. */
  private List<LocalDate> lookback(Days days) {
    if (base.published().isEmpty()) {
      return List.of();
    }
    LocalDate first = base.published().firstKey().day().orElseThrow();
    return days.lookback(site.lookbackDays()).stream().filter(d -> !d.isBefore(first)).toList();
  }

  private PartitionPlan plan(Partition partition, LocalDate day) {
    Optional<String> rejected = inputs.rejected(partition.day());
    if (rejected.isPresent()) {
      return new PartitionPlan(partition, Action.KEEP_REJECTED, rejected.get(), "");
    }
    List<String> missing = inputs.missingRequired(day);
    if (!missing.isEmpty()) {
      return new PartitionPlan(partition, Action.WAIT, String.join("; ", missing), "");
    }
    String fingerprint = inputs.fingerprint(partition.day());
    Optional<LedgerEntry> newest = base.newest(partition);
    if (newest.isEmpty()) {
      return new PartitionPlan(partition, Action.BUILD, "never built", fingerprint);
    }
    if (mode == BuildMode.FORCE) {
      return new PartitionPlan(partition, Action.BUILD, "forced", fingerprint);
    }
    boolean same = newest.get().builtFrom(recipe, fingerprint);
    if (same && newest.get().held() && waitsForNothing(newest.get().hold(), partition)) {
      return new PartitionPlan(
          partition, Action.BUILD, "what it was built on is held no more", fingerprint);
    }
    if (same && newest.get().held()) {
      String why = newest.get().why().orElse("a check failed when it was built");
      return new PartitionPlan(partition, Action.KEEP_HELD, why, fingerprint);
    }
    if (same && !newest.get().published()) {
      String decision = newest.get().hold().decision().toString();
      return new PartitionPlan(partition, Action.KEEP_REJECTED, decision, fingerprint);
    }
    if (same || mode == BuildMode.ONLY_MISSING) {
      return new PartitionPlan(partition, Action.KEEP, "up to date", fingerprint);
    }
    String reason = newest.get().recipe().equals(recipe) ? "inputs changed" : "recipe changed";
    return new PartitionPlan(partition, Action.BUILD, reason, fingerprint);
  }

  /** Held for what it was built on alone, of which nothing is held any more. */
  private boolean waitsForNothing(Hold hold, Partition partition) {
    return hold != null
        && hold.follows()
        && !hold.on().isEmpty()
        && inputs.held(partition.day()).isEmpty();
  }
}
