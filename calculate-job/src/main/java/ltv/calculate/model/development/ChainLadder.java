package ltv.calculate.model.development;

import java.util.Arrays;

/**
 * How what cohorts have paid grows with age, by chain ladder: the factor from one age to the next
 * is what all cohorts old enough had paid at the later age over what they had at the earlier one
 * (Mack 1993, ASTIN Bulletin 23; recent cohorts may weigh more). Its error is Mack's.
 */
public final class ChainLadder {
  private final double[] share;
  private final double[] variance;

  private ChainLadder(double[] share, double[] variance) {
    this.share = share;
    this.variance = variance;
  }

  /**
   * A ladder over cohorts.
   *
   * @param paid by cohort and age what was paid until then; a row ends at the cohort's age
   * @param weights of the cohorts
   * @param last the age at which the ladder ends: at least one cohort is as old
   */
  public static ChainLadder of(double[][] paid, double[] weights, int last) {
    double[] share = new double[last + 1];
    double[] variance = new double[last + 1];
    share[last] = 1;
    for (int k = last - 1; k >= 0; k--) {
      double before = 0;
      double after = 0;
      double squares = 0;
      for (int c = 0; c < paid.length; c++) {
        if (paid[c].length > k + 1) {
          before += weights[c] * paid[c][k];
          after += weights[c] * paid[c][k + 1];
          squares += weights[c] * weights[c] * paid[c][k];
        }
      }
      // nothing paid at the later age: nothing is known of this step
      share[k] = after > 0 ? share[k + 1] * Math.max(0, before) / after : share[k + 1];
      double factor = after / before;
      boolean grows = before > 0 && after > 0;
      variance[k] =
          grows ? dispersion(paid, k, factor) * squares / (before * before) / (factor * factor) : 0;
    }
    return new ChainLadder(share, variance);
  }

  /** Mack's variance of a cohort's factor, times what it had paid. */
  private static double dispersion(double[][] paid, int k, double factor) {
    double sum = 0;
    int cohorts = 0;
    for (double[] cohort : paid) {
      if (cohort.length > k + 1 && cohort[k] > 0) {
        double difference = cohort[k + 1] / cohort[k] - factor;
        sum += cohort[k] * difference * difference;
        cohorts++;
      }
    }
    return cohorts > 1 ? sum / (cohorts - 1) : 0;
  }

  /** The age at which it ends. */
  public int last() {
    return share.length - 1;
  }

  /** What is paid until an age, as a share of what is paid until the last. */
  public double share(int age) {
    return share[age];
  }

  /** The squared relative error of what is paid until {@code to}, given {@code from}. */
  public double variance(int from, int to) {
    return Arrays.stream(variance, from, to).sum();
  }

  /**
   * This ladder and another of the same length, mixed in the logarithms of their steps.
   *
   * @param weight of this one, from 0 to 1
   */
  public ChainLadder mixedWith(ChainLadder other, double weight) {
    double[] mixed = new double[share.length];
    double[] error = new double[share.length];
    int last = last();
    mixed[last] = 1;
    for (int k = last - 1; k >= 0; k--) {
      boolean bothGrow = share[k] > 0 && other.share[k] > 0;
      double own = bothGrow ? StrictMath.pow(share[k] / share[k + 1], weight) : 0;
      double others =
          bothGrow ? StrictMath.pow(other.share[k] / other.share[k + 1], 1 - weight) : 0;
      mixed[k] = mixed[k + 1] * own * others;
      error[k] = weight * weight * variance[k] + (1 - weight) * (1 - weight) * other.variance[k];
    }
    return new ChainLadder(mixed, error);
  }
}
