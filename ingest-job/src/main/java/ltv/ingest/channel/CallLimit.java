package ltv.ingest.channel;

import java.time.ZoneId;
import java.time.ZoneOffset;
import ltv.config.Problems;

/**
 * How often a source may be called.
 *
 * @param report the source's report type that it holds for; null for all calls together
 * @param calls the most within one period
 * @param every the period
 * @param zone whose midnight begins a day; default UTC
 * @param shared whether all accounts of the channel have it together; default each has its own
 */
public record CallLimit(String report, int calls, Period every, ZoneId zone, boolean shared) {
  /** A stretch of time within which calls are counted. */
  public enum Period {
    /** Any 60 seconds. */
    MINUTE,
    /** Any 60 minutes. */
    HOUR,
    /** A calendar day. */
    DAY
  }

  public CallLimit {
    new Problems()
        .check(calls > 0, "calls", "must be 1 or more")
        .require("every", every)
        .throwIfAny();
    zone = zone == null ? ZoneOffset.UTC : zone;
  }

  /** Whether calls of this report type count. */
  public boolean counts(String type) {
    return report == null || report.equals(type);
  }

  @Override
  public String toString() {
    return "%d calls%s a %s%s"
        .formatted(
            calls,
            report == null ? "" : " of " + report,
            every.name().toLowerCase(java.util.Locale.ROOT),
            shared ? " for all accounts together" : "");
  }
}
