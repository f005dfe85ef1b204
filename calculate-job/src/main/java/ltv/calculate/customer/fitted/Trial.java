package ltv.calculate.customer.fitted;

/**
 * A model fitted to what was known on an earlier day, held against what came after it.
 *
 * @param days how long after it
 * @param customers who were asked
 * @param events of theirs that came
 * @param expected what was expected of all of them
 * @param actual what came
 * @param error how far off it was of each, by the measure of the subject; less is better
 * @param errorOfAll the same of a rule that says one thing of everybody
 * @param quality what else is known of chances and intervals
 */
public record Trial(
    int days,
    long customers,
    double events,
    double expected,
    double actual,
    double error,
    double errorOfAll,
    Quality quality) {
  /** By so many events the level is half believed to be off. */
  private static final double BELIEF = 50;

  /** Whether it knows more of each than the rule that says one thing of everybody. */
  boolean passed() {
    return error < errorOfAll;
  }

  /**
   * By what to multiply what such a model expects, since it was off on the whole; 1 of chances and
   * intervals, which are calibrated by themselves.
   */
  double correction() {
    if (quality != Quality.UNTOLD || !(expected > 0) || !(actual > 0)) {
      return 1;
    }
    double trusted = events / (events + BELIEF);
    return StrictMath.exp(trusted * StrictMath.log(actual / expected));
  }
}
