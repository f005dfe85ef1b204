package ltv.calculate.model;

/**
 * A sum of equal payments, as many as a Poisson number. With gamma levels in the place of lognormal
 * ones the weights of Buehlmann and Straub would be exact (Jewell 1974).
 *
 * @param ratio what was paid over what is expected at level 1; below 0 it is as 0
 * @param within its variance by chance at level 1; infinite where nothing is known
 */
record PoissonPaid(double ratio, double within) implements PaidLikelihood {
  @Override
  public double at(double log, double level) {
    return (Math.max(0, ratio) * log - level) / within;
  }

  @Override
  public double slope(double level) {
    return (Math.max(0, ratio) - level) / within;
  }

  @Override
  public double curvature(double level) {
    return level / within;
  }
}
