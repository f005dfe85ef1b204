package ltv.ingest;

import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Stream;
import ltv.dataset.BuildMode;
import ltv.dataset.PartitionPlan;
import ltv.dataset.PartitionPlan.Action;
import ltv.ingest.channel.ChannelAccount;
import ltv.ingest.channel.ChannelStream;
import ltv.ingest.plan.CollectionPlan;
import ltv.ingest.plan.Decision;
import ltv.ingest.plan.Wanted;
import ltv.lake.Partition;
import ltv.lake.Pin;
import ltv.run.Days;

/**
 * Which days of a stream are read, and why. Sources restate, so a day that is built is read again,
 * the older the less often.
 *
 * @param wanted what would be read
 * @param kept days that were asked for, and are there
 */
record IngestPlan(Wanted wanted, List<LocalDate> kept) {

  /** The days that a run looks at. */
  static IngestPlan of(
      ChannelStream stream,
      Pin built,
      Days days,
      BuildMode mode,
      Map<ChannelAccount, Map<LocalDate, Instant>> restated) {
    List<LocalDate> kept =
        days.all().stream()
            .filter(day -> mode == BuildMode.ONLY_MISSING)
            .filter(day -> built.published().containsKey(Partition.of(day)))
            .toList();
    List<LocalDate> asked = days.all().stream().filter(day -> !kept.contains(day)).toList();
    boolean everything = mode == BuildMode.FORCE;
    SortedSet<LocalDate> lookback = new TreeSet<>(lookback(stream, built, days));
    restated.values().stream()
        .flatMap(corrected -> corrected.keySet().stream())
        .filter(day -> day.isBefore(days.from()))
        .filter(day -> built.published().containsKey(Partition.of(day)))
        .forEach(lookback::add);
    return new IngestPlan(
        new Wanted(stream, asked, List.copyOf(lookback), restated, days.from(), everything), kept);
  }

  /** Never before the first day ever read: a new site is not backfilled by its first daily run. */
  private static List<LocalDate> lookback(ChannelStream stream, Pin built, Days days) {
    if (built.published().isEmpty()) {
      return List.of();
    }
    LocalDate first = built.published().firstKey().day().orElseThrow();
    return days.lookback(stream.lookbackDays()).stream().filter(d -> !d.isBefore(first)).toList();
  }

  /**
   * What becomes of each day, oldest first: WAIT for one that was asked for and has no calls left.
   */
  List<PartitionPlan> decided(CollectionPlan collection) {
    List<PartitionPlan> plans = new ArrayList<>();
    Stream.of(wanted.lookback(), wanted.asked(), kept)
        .flatMap(List::stream)
        .sorted()
        .forEach(day -> plans.add(decided(day, collection)));
    return plans;
  }

  /** What the run costs, in words. */
  String cost(CollectionPlan collection) {
    List<Decision> all =
        Stream.of(wanted.lookback(), wanted.asked())
            .flatMap(List::stream)
            .map(day -> collection.of(wanted.stream(), day))
            .toList();
    List<Decision> postponed =
        all.stream().filter(d -> d.action() == Decision.Action.POSTPONE).toList();
    String now = all.stream().mapToInt(Decision::calls).sum() + " now";
    return postponed.isEmpty()
        ? now
        : "%s; %d days wait, the first until %s"
            .formatted(
                now,
                postponed.size(),
                postponed.stream().map(Decision::at).min(Instant::compareTo).orElseThrow());
  }

  private PartitionPlan decided(LocalDate day, CollectionPlan collection) {
    if (kept.contains(day)) {
      return new PartitionPlan(Partition.of(day), Action.KEEP, "built", "");
    }
    Decision decision = collection.of(wanted.stream(), day);
    Action action =
        switch (decision.action()) {
          case READ -> Action.BUILD;
          case POSTPONE -> decision.asked() ? Action.WAIT : Action.KEEP;
          case REST -> Action.KEEP;
        };
    return new PartitionPlan(Partition.of(day), action, decision.toString(), "");
  }
}
