package ltv.calculate.serve;

import ltv.lake.LedgerEntry;
import ltv.run.PartitionOutcome;

/**
 * What readers should know of one partition of a mart: a row of {@code mart_status}.
 *
 * @param dataset the mart
 * @param part a day, or {@code all}
 * @param state published, held or not_ready
 * @param rows rows that are published
 * @param missing inputs that it was built without
 * @param problem what somebody should look at, or empty
 * @param runId the run that said so
 */
record MartStatus(
    String dataset,
    String part,
    String state,
    long rows,
    String missing,
    String problem,
    String runId) {

  static MartStatus published(LedgerEntry entry) {
    return of(entry, "published", entry.rowsOut(), "");
  }

  static MartStatus held(LedgerEntry entry, long rowsBefore) {
    return of(
        entry,
        "held",
        rowsBefore,
        "A check failed: built, not published; the version before it stays.");
  }

  /** A partition that the run could not build; what was published of it before stays. */
  static MartStatus notReady(PartitionOutcome outcome, long rowsBefore, String runId) {
    return new MartStatus(
        outcome.dataset(),
        outcome.partition(),
        outcome.state(),
        rowsBefore,
        "",
        outcome.explain(),
        runId);
  }

  private static MartStatus of(LedgerEntry entry, String state, long rows, String problem) {
    return new MartStatus(
        entry.dataset(),
        entry.partition(),
        state,
        rows,
        String.join(", ", entry.missing()),
        problem,
        entry.runId());
  }
}
