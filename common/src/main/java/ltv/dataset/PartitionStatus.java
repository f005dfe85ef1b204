package ltv.dataset;

import java.util.Locale;
import java.util.Optional;
import ltv.dataset.PartitionPlan.Action;
import ltv.lake.LedgerEntry;
import ltv.lake.Pin;

/**
 * How one partition is.
 *
 * @param dataset whose
 * @param plan what a run would do with it now, and why
 * @param state in one word
 * @param entry its newest build, published or held; empty when nobody has built it
 * @param published what readers of the table see; empty for nothing
 * @param follows whether something that it sees will be built first
 * @param isFinal whether no daily run looks at it any more
 */
public record PartitionStatus(
    Dataset dataset,
    PartitionPlan plan,
    State state,
    Optional<LedgerEntry> entry,
    Optional<LedgerEntry> published,
    boolean follows,
    boolean isFinal) {
  /** The states, the worst first. */
  public enum State {
    /** Unlike the days before, or a check failed: built, and not published. */
    HELD,
    /** Never built, and could be. */
    MISSING,
    /** A source's day without some of its accounts. */
    PARTIAL,
    /** Built from something that has changed since. */
    STALE,
    /** Never built, and something that it cannot do without is not there. */
    WAITING,
    /** Built, of rows. */
    BUILT,
    /** Built, and there was no row. */
    EMPTY,
    /** A person keeps it out, or something that it is built from. */
    REJECTED;

    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** Of a partition that is planned for, in a table as it is pinned. */
  static PartitionStatus of(
      Dataset dataset, PartitionPlan plan, Pin pin, boolean follows, boolean isFinal) {
    Optional<LedgerEntry> entry = pin.newest(plan.partition());
    Optional<LedgerEntry> published = Optional.ofNullable(pin.published().get(plan.partition()));
    State state = state(dataset, plan, entry);
    return new PartitionStatus(dataset, plan, state, entry, published, follows, isFinal);
  }

  private static State state(Dataset dataset, PartitionPlan plan, Optional<LedgerEntry> entry) {
    if (plan.action() == Action.KEEP_REJECTED) {
      return State.REJECTED;
    }
    if (entry.isEmpty()) {
      return plan.action() == Action.WAIT ? State.WAITING : State.MISSING;
    }
    if (entry.get().held()) {
      return State.HELD;
    }
    if (plan.action() == Action.BUILD) {
      return State.STALE;
    }
    if (dataset.isSource() && !entry.get().missing().isEmpty()) {
      return State.PARTIAL;
    }
    return entry.get().state() == LedgerEntry.State.EMPTY ? State.EMPTY : State.BUILT;
  }

  /** Whether readers have what the newest build gave. */
  public boolean isBuilt() {
    return state == State.BUILT || state == State.EMPTY || state == State.PARTIAL;
  }

  /** Whether a run of its job now, or after what it follows from, builds it. */
  public boolean isToCome() {
    boolean owed =
        plan.action() == Action.BUILD || state == State.PARTIAL || state == State.MISSING;
    return owed || follows;
  }

  /** Whether it was built and held, and building it again would give the same. */
  public boolean isForAPerson() {
    return state == State.HELD && !isToCome();
  }

  /** Whether its rows are sound, only unlike the days before, so that it may be released. */
  boolean mayBeReleased() {
    return isForAPerson() && entry.orElseThrow().soundThoughHeld();
  }

  /** Dataset and partition, as messages name them. */
  public String name() {
    return dataset.name() + "/" + plan.partition();
  }
}
