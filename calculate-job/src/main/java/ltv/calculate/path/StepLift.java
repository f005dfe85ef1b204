package ltv.calculate.path;

/**
 * How much oftener visits with a step behind them end at the target than other visits like them:
 * the risk ratio of Mantel and Haenszel over strata, with the interval of Greenland and Robins
 * (Estimation of a common effect parameter from sparse follow-up data, 1985). Who comes often has
 * more of every step and reaches more; among visits that are somebody's as many-th, with paths that
 * are as long, this tells nothing.
 *
 * @param lift not a number where no visit with the step converted, or none without
 * @param interval of 95 %
 */
public record StepLift(double lift, Interval interval) {
  /**
   * Of one step.
   *
   * @param with by stratum, visits with the step and conversions among them
   * @param all the same of all visits
   */
  public static StepLift of(double[][] with, double[][] all) {
    double expectedWith = 0;
    double expectedWithout = 0;
    double variance = 0;
    for (int stratum = 0; stratum < all.length; stratum++) {
      double n = all[stratum][0];
      if (n > 0) {
        double visits = with[stratum][0];
        double conversions = with[stratum][1];
        double without = n - visits;
        double conversionsWithout = all[stratum][1] - conversions;
        expectedWith += conversions * without / n;
        expectedWithout += conversionsWithout * visits / n;
        variance +=
            (visits * without * all[stratum][1] - conversions * conversionsWithout * n) / (n * n);
      }
    }
    if (expectedWith == 0 || expectedWithout == 0) {
      return new StepLift(Double.NaN, new Interval(Double.NaN, Double.NaN));
    }
    double lift = expectedWith / expectedWithout;
    double spread =
        Math.exp(Interval.Z * Math.sqrt(Math.max(0, variance) / (expectedWith * expectedWithout)));
    return new StepLift(lift, new Interval(lift / spread, lift * spread));
  }
}
