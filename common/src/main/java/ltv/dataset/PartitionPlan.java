package ltv.dataset;

import ltv.lake.Partition;

/**
 * What a run means to do with one partition.
 *
 * @param partition which one
 * @param action what
 * @param reason why, for {@code plan} and for the outcome
 * @param inputs hash of what it would be built from
 */
public record PartitionPlan(Partition partition, Action action, String reason, String inputs) {
  /** What can be done. */
  public enum Action {
    BUILD,
    KEEP,
    KEEP_HELD,
    KEEP_REJECTED,
    WAIT
  }
}
