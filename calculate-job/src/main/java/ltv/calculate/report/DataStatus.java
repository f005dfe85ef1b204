package ltv.calculate.report;

import java.time.Instant;
import java.util.List;

/**
 * What a report was made from.
 *
 * @param state final, provisional or held
 * @param missing inputs that its marts were built without
 * @param removed rows of the week that did not count, most first
 * @param sources when each source of the week was last read
 * @param marts the versions that were read
 */
public record DataStatus(
    State state,
    List<String> missing,
    List<Removed> removed,
    List<Source> sources,
    List<Mart> marts) {
  /** The same, whichever runs built the marts: the same rows built again say nothing new. */
  DataStatus ofAnyRun() {
    List<Mart> rows =
        marts.stream().map(mart -> new Mart(mart.name(), "", mart.content())).toList();
    return new DataStatus(state, missing, removed, sources, rows);
  }

  /** How sure the numbers are. */
  public enum State {
    /** The week is over and nothing was missing. */
    FINAL,
    /** The week is not over, or something was missing when marts were built. */
    PROVISIONAL,
    /** A newer version was built and held back by a check; the one before it is shown. */
    HELD
  }

  /** Rows that were kept out, by reason. */
  public record Removed(String reason, long rows) {}

  /** A source, and when its newest rows of the week were read. */
  public record Source(String name, Instant last) {}

  /** A mart as it was read: the run that built it, and the fingerprint of its rows. */
  public record Mart(String name, String runId, String content) {}
}
