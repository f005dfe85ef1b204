package ltv.calculate.model;

/**
 * How much a group's own experience is believed beside its parent's: Buehlmann and Straub's weight
 * {@code between / (between + within)}. The variance between groups is that for which the squared
 * deviations are as large as expected (Paule and Mandel 1982).
 */
public final class Credibility {
  private static final int STEPS = 60;
  private static final double LARGEST = 4;

  private Credibility() {}

  /**
   * The variance of groups' true ratios to their parents'.
   *
   * @param ratios observed ratios
   * @param within the variance of each around the true one; groups of which nothing is known have
   *     an infinite one
   * @return 0 where the ratios differ by chance only
   */
  public static double between(double[] ratios, double[] within) {
    double low = 0;
    double high = LARGEST;
    if (excess(ratios, within, 0) <= 0) {
      return 0;
    }
    for (int i = 0; i < STEPS; i++) {
      double middle = (low + high) / 2;
      if (excess(ratios, within, middle) > 0) {
        low = middle;
      } else {
        high = middle;
      }
    }
    return (low + high) / 2;
  }

  /**
   * The same with a belief before anything is seen.
   *
   * @param usual the variance that is believed in
   * @param groups as much as so many groups would tell
   */
  public static double between(double[] ratios, double[] within, double usual, double groups) {
    return (ratios.length * between(ratios, within) + groups * usual) / (ratios.length + groups);
  }

  private static double excess(double[] ratios, double[] within, double between) {
    double sum = 0;
    for (int i = 0; i < ratios.length; i++) {
      if (within[i] > 0 && within[i] < Double.POSITIVE_INFINITY) {
        double difference = ratios[i] - 1;
        sum += difference * difference / (within[i] + between) - 1;
      }
    }
    return sum;
  }

  /** The weight of a group's own ratio; 0 where nothing is known of it. */
  public static double weight(double between, double within) {
    return between <= 0 || !(within < Double.POSITIVE_INFINITY) ? 0 : between / (between + within);
  }
}
