package ltv.calculate.model;

/**
 * What a sum that was paid says of the level by which what is expected is multiplied, where the
 * variance by chance is multiplied by it too.
 */
sealed interface PaidLikelihood permits NormalPaid, PoissonPaid {
  /** Of what nothing is known. */
  PaidLikelihood UNKNOWN = new PoissonPaid(0, Double.POSITIVE_INFINITY);

  /** The logarithm, up to a constant, by the logarithm of the level and the level. */
  double at(double log, double level);

  /** The derivative by the logarithm of the level. */
  double slope(double level);

  /** Minus the second derivative, which is not below 0. */
  double curvature(double level);
}
