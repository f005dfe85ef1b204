package ltv.calculate.model;

import org.hipparchus.special.Erf;

/** The chance of a standard normal number beyond a bound of 0 or more, also of one far away. */
final class NormalTail {
  /** Beyond it the continued fraction has come to its value within its terms. */
  private static final double FAR = 5;

  private static final int TERMS = 60;
  private static final double LOG_ROOT = StrictMath.log(2 * Math.PI) / 2;

  private NormalTail() {}

  /** The logarithm of the chance. */
  static double log(double bound) {
    return bound < FAR
        ? StrictMath.log(Erf.erfc(bound / Math.sqrt(2)) / 2)
        : -bound * bound / 2 - LOG_ROOT - StrictMath.log(hazard(bound));
  }

  /** The density at the bound over the chance, the inverse of Mills' ratio. */
  static double hazard(double bound) {
    if (bound < FAR) {
      return StrictMath.exp(-bound * bound / 2 - LOG_ROOT - log(bound));
    }
    double fraction = bound;
    for (int k = TERMS; k >= 1; k--) { // Laplace's, from its end
      fraction = bound + k / fraction;
    }
    return fraction;
  }
}
