package ltv.calculate.model.development;

/**
 * A sum of payments that is spread like a gamma distribution, told as a standard normal score by
 * its cube root (Wilson and Hilferty 1931): a formula both ways, also for a sum of nothing.
 */
public final class GammaScore {
  private static final double NINTH = 1.0 / 9;

  private GammaScore() {}

  /** The score of a value; 0 where nothing was expected and nothing came. */
  public static double of(double value, double mean, double variance) {
    if (!(mean > 0) || !(variance > 0)) {
      return Math.signum(value - mean);
    }
    double part = NINTH * variance / mean / mean;
    return (StrictMath.cbrt(value / mean) - 1 + part) / Math.sqrt(part);
  }

  /** The value of a score, 0 or more. */
  public static double value(double score, double mean, double variance) {
    if (!(mean > 0) || !(variance > 0)) {
      return Math.max(0, mean);
    }
    double part = NINTH * variance / mean / mean;
    double root = Math.max(0, 1 - part + score * Math.sqrt(part));
    return mean * root * root * root;
  }
}
