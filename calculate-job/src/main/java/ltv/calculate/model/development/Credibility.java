package ltv.calculate.model.development;

/**
 * How much a group's own experience is believed beside its parent's: Buehlmann and Straub's weight
 * {@code between / (between + within)}.
 */
public final class Credibility {
  private static final int STEPS = 60;
  private static final double LARGEST = 4;

  private Credibility() {}

  /**
   * The likeliest variance of groups' true ratios to their parents', were ratios normal around 1
   * and the belief a scaled inverse chi-squared one (Gelman et al., Bayesian Data Analysis, 5.4). A
   * group of which little is known tells little of it.
   *
   * @param ratios observed ratios
   * @param within the variance of each around the true one; groups of which nothing is known have
   *     an infinite one
   * @param usual the variance that is believed in before anything is seen
   * @param groups as much as so many groups would tell that are known well; more than 0
   */
  public static double between(double[] ratios, double[] within, double usual, double groups) {
    double low = 0;
    double high = LARGEST;
    for (int i = 0; i < STEPS; i++) {
      double middle = (low + high) / 2;
      if (slope(ratios, within, middle) + groups * (usual - middle) / (middle * middle) > 0) {
        low = middle;
      } else {
        high = middle;
      }
    }
    return (low + high) / 2;
  }

  /** Twice the derivative of the logarithm of the likelihood. */
  private static double slope(double[] ratios, double[] within, double between) {
    double sum = 0;
    for (int i = 0; i < ratios.length; i++) {
      if (within[i] > 0 && within[i] < Double.POSITIVE_INFINITY) {
        double difference = ratios[i] - 1;
        double variance = within[i] + between;
        sum += (difference * difference - variance) / (variance * variance);
      }
    }
    return sum;
  }

  /** The weight of a group's own ratio; 0 where nothing is known of it. */
  public static double weight(double between, double within) {
    return between <= 0 || !(within < Double.POSITIVE_INFINITY) ? 0 : between / (between + within);
  }
}
