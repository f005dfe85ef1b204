package ltv.calculate.posterior;

/**
 * What a sum that was paid says of the level by which what is expected is multiplied, where it
 * varies as a Poisson number of equal payments does: the overdispersed Poisson whose dispersion
 * {@code forecast.Dispersion} finds. Of a sum below 0 it is only known that it is not above. With
 * gamma levels in the place of lognormal ones the weights of Buehlmann and Straub would be exact
 * (Jewell 1974). A normal sum with such a variance is no way out: its density is the larger the
 * smaller its level, so that campaigns with a single small payment seem to have hardly any.
 *
 * @param ratio what was paid over what is expected at level 1; below 0 it is as 0
 * @param within its variance by chance at level 1; infinite where nothing is known
 */
record PoissonPaid(double ratio, double within) {
  /** Of what nothing is known. */
  static final PoissonPaid UNKNOWN = new PoissonPaid(0, Double.POSITIVE_INFINITY);

  /** The logarithm, up to a constant, by the logarithm of the level and the level. */
  double at(double log, double level) {
    return (Math.max(0, ratio) * log - level) / within;
  }

  /** The derivative by the logarithm of the level. */
  double slope(double level) {
    return (Math.max(0, ratio) - level) / within;
  }

  /** Minus the second derivative, which is not below 0. */
  double curvature(double level) {
    return level / within;
  }
}
