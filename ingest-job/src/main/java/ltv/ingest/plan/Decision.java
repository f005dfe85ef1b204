package ltv.ingest.plan;

import java.time.Instant;
import java.time.temporal.ChronoUnit;

/**
 * What becomes of a day.
 *
 * @param action whether it is read
 * @param asked whether the run was asked for it, or it is an earlier day that may have changed
 * @param why in a few words
 * @param at now, or from when on it may be read
 * @param calls that reading it is expected to cost
 */
public record Decision(Action action, boolean asked, String why, Instant at, int calls) {
  /** The three things that can become of it. */
  public enum Action {
    READ,
    /** A limit is closed. */
    POSTPONE,
    /** It was read not long ago. */
    REST
  }

  /** Until then rests what only {@code --force} reads again. */
  static final Instant NEVER_BY_ITSELF = Instant.MAX;

  @Override
  public String toString() {
    if (at.equals(NEVER_BY_ITSELF)) {
      return why + "; --force reads it again";
    }
    if (action == Action.READ) {
      return calls == 0 ? why : why + ", " + calls + (calls == 1 ? " call" : " calls");
    }
    // a minute that is over is over
    return why + "; again from " + at.plusSeconds(59).truncatedTo(ChronoUnit.MINUTES);
  }
}
