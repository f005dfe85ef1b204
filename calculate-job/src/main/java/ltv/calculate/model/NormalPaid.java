package ltv.calculate.model;

/**
 * A sum that is normal around what is expected.
 *
 * <p>A sum of 0 or less is a censored one (Tobin 1958). The normal density itself depends on the
 * level through the square of the ratio: refunds of 100 would tell of as high a level as payments
 * of 100, and a sum of exactly 0 would be likeliest at a level of 0.
 *
 * @param ratio what was paid over what is expected at level 1
 * @param within its variance by chance at level 1
 */
record NormalPaid(double ratio, double within) implements PaidLikelihood {
  @Override
  public double at(double log, double level) {
    if (ratio <= 0) {
      return NormalTail.log(bound(level));
    }
    double off = ratio - level;
    return -log / 2 - off * off / (2 * within * level);
  }

  @Override
  public double slope(double level) {
    if (ratio <= 0) {
      return -bound(level) * NormalTail.hazard(bound(level)) / 2;
    }
    return (ratio - level) * (ratio + level) / (2 * within * level) - .5;
  }

  @Override
  public double curvature(double level) {
    if (ratio <= 0) {
      double bound = bound(level);
      double hazard = NormalTail.hazard(bound);
      return bound * hazard / 4 * (1 + bound * (hazard - bound));
    }
    return (ratio * ratio / level + level) / (2 * within);
  }

  private double bound(double level) {
    return Math.sqrt(level / within);
  }
}
