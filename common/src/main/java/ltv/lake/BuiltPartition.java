package ltv.lake;

/**
 * A partition that is written and waits for its commit.
 *
 * @param partition which one
 * @param facts what the ledger will say; its {@code files} are filled at the commit
 * @param rows where they lie
 */
public record BuiltPartition(Partition partition, LedgerEntry facts, WrittenRows rows) {
  /** The ledger must not count other rows than readers will see. */
  public BuiltPartition {
    if (rows.rows() != facts.rowsOut()) {
      throw new IllegalStateException(
          "%s/%s has %d rows, written were %d"
              .formatted(facts.dataset(), partition, facts.rowsOut(), rows.rows()));
    }
  }
}
