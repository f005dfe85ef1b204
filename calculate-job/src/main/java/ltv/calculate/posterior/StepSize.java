package ltv.calculate.posterior;

/**
 * The size of a step at which a wanted share of points is accepted, by dual averaging (Hoffman and
 * Gelman 2014, section 3.2, with their constants).
 */
final class StepSize {
  private static final double SHRINKAGE = .05;
  private static final double DELAY = 10;
  private static final double FORGETTING = .75;

  private final double wanted;
  private double centre;
  private double lacking;
  private double log;
  private double average;
  private int seen;

  /**
   * Starts with a size.
   *
   * @param wanted the share of points that are to be accepted
   */
  StepSize(double wanted, double size) {
    this.wanted = wanted;
    // larger steps are tried first: they are the cheaper ones
    centre = StrictMath.log(10 * size);
    log = StrictMath.log(size);
    average = log;
  }

  /** After a motion of the present size, of whose points such a share was accepted. */
  void learn(double accepted) {
    seen++;
    lacking += (wanted - accepted - lacking) / (seen + DELAY);
    log = centre - Math.sqrt(seen) / SHRINKAGE * lacking;
    average += StrictMath.pow(seen, -FORGETTING) * (log - average);
  }

  /** What to try next. */
  double next() {
    return StrictMath.exp(log);
  }

  /** What to keep. */
  double kept() {
    return StrictMath.exp(average);
  }
}
