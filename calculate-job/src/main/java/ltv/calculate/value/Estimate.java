package ltv.calculate.value;

import ltv.calculate.forecast.Rest;

/**
 * What a group's users are worth until a horizon, in money of all of them together.
 *
 * @param horizon in days
 * @param youngUsers those whose cohort has not reached it
 * @param matureUsers those whose cohort has reached it
 * @param matureCost what they cost
 * @param matureValue what they have paid until it
 * @param observed what all have paid until it
 * @param rest what is still to come, corrected
 * @param quantiles of observed and rest together, by {@link #PROBABILITIES}
 */
record Estimate(
    int horizon,
    double youngUsers,
    double matureUsers,
    double matureCost,
    double matureValue,
    double observed,
    Rest rest,
    double[] quantiles) {
  /** Ends of bands of 90, 80 and 50 in a hundred, and back. */
  static final double[] PROBABILITIES = {0.05, 0.1, 0.25, 0.75, 0.9, 0.95};

  double total() {
    return observed + rest.mean();
  }
}
