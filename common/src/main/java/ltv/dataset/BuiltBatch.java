package ltv.dataset;

import java.util.ArrayList;
import java.util.List;
import ltv.dataset.PartitionBuild.Built;
import ltv.lake.BuiltPartition;
import ltv.lake.LakeTable;
import ltv.lake.Pin;
import ltv.run.PartitionOutcome;

/**
 * Partitions of one dataset that were built together. Those that are as they should be become
 * visible in one snapshot, or none of them does; each of the others is held.
 */
public final class BuiltBatch {
  private final LakeTable table;
  private final Pin base;
  private final List<BuiltPartition> passed = new ArrayList<>();
  private final List<BuiltPartition> held = new ArrayList<>();

  /**
   * An empty batch.
   *
   * @param base the table as it was when the run first looked; a partition that somebody has
   *     replaced since is not overwritten
   */
  public BuiltBatch(LakeTable table, Pin base) {
    this.table = table;
    this.base = base;
  }

  /** Writes a partition that has just been built, and adds it. */
  public void add(Built built) {
    (built.facts().published() ? passed : held).add(built.written());
  }

  /** Publishes and holds; called once, at the end. */
  public List<PartitionOutcome> commit() {
    List<PartitionOutcome> outcomes = new ArrayList<>();
    if (!passed.isEmpty()) {
      outcomes.addAll(table.commit(base).publish(passed));
    }
    for (BuiltPartition partition : held) {
      outcomes.add(table.commit(base).hold(partition, partition.facts().hold().told() + "."));
    }
    return outcomes;
  }
}
