package ltv.calculate.customer.fitted;

/**
 * How good chances and intervals were in a trial; no number where a subject tells none.
 *
 * @param auc the chance that one who came had been told more than one who did not
 * @param brier the mean squared difference between chance and what came
 * @param slope of what came by what was told, in log-odds: 1 is right, less is too extreme
 * @param covered of what came, the share within intervals of 80 %
 */
public record Quality(double auc, double brier, double slope, double covered) {
  /** Nothing is measured. */
  public static final Quality UNTOLD = new Quality(Double.NaN, Double.NaN, Double.NaN, Double.NaN);

  /** Of chances. */
  public static Quality ofChances(double auc, double brier, double slope) {
    return new Quality(auc, brier, slope, Double.NaN);
  }

  /** Of intervals. */
  public static Quality ofIntervals(double covered) {
    return new Quality(Double.NaN, Double.NaN, Double.NaN, covered);
  }
}
