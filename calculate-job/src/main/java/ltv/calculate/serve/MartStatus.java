package ltv.calculate.serve;

import java.util.Locale;
import java.util.Optional;
import ltv.lake.Hold;
import ltv.lake.LedgerEntry;
import ltv.run.PartitionOutcome;

/**
 * What readers should know of one partition of a mart: a row of {@code mart_status}.
 *
 * @param dataset the mart
 * @param part a day, or {@code all}
 * @param state published, held, rejected or not_ready
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
    String decided =
        Optional.ofNullable(entry.hold())
            .flatMap(Hold::decided)
            .map(decision -> "Unusual, " + decision)
            .orElse("");
    return of(entry, "published", entry.rowsOut(), decided);
  }

  /** A newer version was built and is not published; the one before it stays. */
  static MartStatus notPublished(LedgerEntry entry, long rowsBefore) {
    String state = entry.state().name().toLowerCase(Locale.ROOT);
    String why =
        entry.held() ? entry.why().orElse("a check failed") : entry.hold().decision().toString();
    return of(
        entry,
        state,
        rowsBefore,
        "Built, not published; the version before it stays: " + why + ".");
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
