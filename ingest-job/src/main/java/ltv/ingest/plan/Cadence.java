package ltv.ingest.plan;

import java.time.Duration;

/**
 * How long a past day is left alone between two readings: the older, the longer, since sources
 * restate less and less. A day that moved when it was last read is looked at daily.
 */
final class Cadence {
  /** Daily runs do not start at the same second. */
  private static final Duration SLACK = Duration.ofHours(4);

  private Cadence() {}

  /**
   * The shortest time between two readings.
   *
   * @param age days between the day and the day of the run
   * @param moved whether the last reading brought something new
   */
  static Duration pause(long age, boolean moved) {
    return age <= 3 ? Duration.ZERO : promised(age, moved).minus(SLACK);
  }

  /** How often a day is read at least: the time between two readings when there is a run a day. */
  static Duration promised(long age, boolean moved) {
    return Duration.ofDays(age <= 7 || moved ? 1 : age <= 14 ? 2 : 4);
  }
}
