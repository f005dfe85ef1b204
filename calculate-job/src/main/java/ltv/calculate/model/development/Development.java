package ltv.calculate.model.development;

/**
 * How what a cohort has paid grows with age, to any age: a chain ladder as far as cohorts reach,
 * then a power of age.
 */
public final class Development {
  private final double[] share;
  private final ChainLadder ladder;
  private final PowerTail tail;

  /**
   * A ladder with its tail.
   *
   * @param to the last age that will be asked for
   */
  public Development(ChainLadder ladder, int to) {
    this.ladder = ladder;
    int last = ladder.last();
    double[] known = new double[last + 1];
    for (int age = 0; age <= last; age++) {
      known[age] = ladder.share(age);
    }
    this.tail = PowerTail.of(known, last - Math.max(1, (last + 1) / 3));
    this.share = new double[Math.max(to, last) + 1];
    for (int age = 0; age < share.length; age++) {
      share[age] = age <= last ? known[age] : share[age - 1] + tail.between(age - 1, age);
    }
  }

  /** The oldest age that cohorts have shown. */
  public int last() {
    return ladder.last();
  }

  /**
   * What is paid until an age, as a share of what is paid until the last that cohorts showed; the
   * same from the last age on that was asked for.
   */
  public double share(int age) {
    return share[Math.min(age, share.length - 1)];
  }

  /** The error of {@code share(to) - share(from)}, as a standard deviation. */
  public double error(int from, int to) {
    int known = Math.min(to, last());
    double variance = from < known ? ladder.variance(from, known) * share[known] * share[known] : 0;
    double beyond = share[to] - share[Math.max(known, from)];
    double tailVariance = beyond > 0 ? tail.variance((Math.max(known, from) + to) / 2) : 0;
    return Math.sqrt(variance + beyond * beyond * tailVariance);
  }
}
