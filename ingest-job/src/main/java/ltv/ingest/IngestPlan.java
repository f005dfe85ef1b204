package ltv.ingest;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import ltv.dataset.BuildMode;
import ltv.dataset.PartitionPlan;
import ltv.dataset.PartitionPlan.Action;
import ltv.ingest.channel.ChannelStream;
import ltv.ingest.plan.Rereading;
import ltv.lake.Partition;
import ltv.lake.Pin;
import ltv.run.Days;

/**
 * Which days of a stream are read, and why. Sources restate, so a day that is built is read again,
 * the older the less often.
 */
final class IngestPlan {
  private IngestPlan() {}

  /** The days, oldest lookback day first. */
  static List<PartitionPlan> of(
      ChannelStream stream, Pin built, Days days, BuildMode mode, Rereading rereading) {
    List<PartitionPlan> plans = new ArrayList<>();
    for (LocalDate day : lookback(stream, built, days)) {
      Optional<String> rests =
          mode == BuildMode.FORCE ? Optional.empty() : rereading.restsUntil(day);
      plans.add(
          new PartitionPlan(
              Partition.of(day),
              rests.isPresent() ? Action.KEEP : Action.BUILD,
              rests.orElse("the source may restate it"),
              ""));
    }
    for (LocalDate day : days.all()) {
      Partition partition = Partition.of(day);
      boolean keep = mode == BuildMode.ONLY_MISSING && built.published().containsKey(partition);
      plans.add(
          new PartitionPlan(
              partition, keep ? Action.KEEP : Action.BUILD, keep ? "built" : "asked for", ""));
    }
    return plans;
  }

  /** Never before the first day ever read: a new site is not backfilled by its first daily run. */
  private static List<LocalDate> lookback(ChannelStream stream, Pin built, Days days) {
    if (built.published().isEmpty()) {
      return List.of();
    }
    LocalDate first = built.published().firstKey().day().orElseThrow();
    return days.lookback(stream.lookbackDays()).stream().filter(d -> !d.isBefore(first)).toList();
  }
}
