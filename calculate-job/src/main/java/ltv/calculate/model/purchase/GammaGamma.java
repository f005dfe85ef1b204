package ltv.calculate.model.purchase;

import ltv.calculate.model.Fit;
import ltv.calculate.model.Likelihood;
import ltv.calculate.model.Maximum;
import org.hipparchus.special.Gamma;

/**
 * Gamma-Gamma (Fader and Hardie, note 025, 2013): what a customer spends at a time varies around a
 * mean of the customer's own, Gamma(p, nu), and nu is Gamma(q, v) among customers. It holds where
 * spend and frequency are unrelated ({@link Spend#correlation}).
 */
public final class GammaGamma {
  private final Fit fit;
  private final double p;
  private final double q;
  private final double v;

  /** The model with parameters p, q, v. */
  public GammaGamma(Fit fit) {
    this.fit = fit;
    this.p = fit.parameters()[0];
    this.q = fit.parameters()[1];
    this.v = fit.parameters()[2];
  }

  /** The model that makes what was spent likeliest, in money scaled to a mean of 1. */
  public static GammaGamma of(Spend spend) {
    double mean = spend.mean();
    Fit found = Maximum.of(likelihood(spend, mean), 1, 1, 1);
    return new GammaGamma(found.inOwnUnit(mean, spend.customers(), 2));
  }

  /**
   * The log-likelihood of p, q, v and its gradient, of money divided by {@code unit}. What depends
   * on how often a customer spent only is computed once for each number of times.
   */
  static Likelihood likelihood(Spend spend, double unit) {
    int customers = spend.customers();
    double[] spent = new double[customers];
    double[] logSpent = new double[customers];
    double logEach = 0;
    for (int i = 0; i < customers; i++) {
      spent[i] = spend.times(i) * spend.each(i) / unit;
      logSpent[i] = Math.log(spent[i]);
      logEach += Math.log(spend.each(i) / unit);
    }
    long[] counts = spend.countsByTimes();
    double fixed = logEach;
    return (parameters, gradient) -> {
      double p = parameters[0];
      double q = parameters[1];
      double v = parameters[2];
      double sum = customers * (q * Math.log(v) - Gamma.logGamma(q)) - fixed;
      double byP = 0;
      double byQ = customers * (Math.log(v) - Gamma.digamma(q));
      double byV = customers * q / v;
      for (int x = 1; x < counts.length; x++) {
        if (counts[x] > 0) {
          double whole = Gamma.digamma(p * x + q);
          sum += counts[x] * (Gamma.logGamma(p * x + q) - Gamma.logGamma(p * x));
          byP += counts[x] * x * (whole - Gamma.digamma(p * x));
          byQ += counts[x] * whole;
        }
      }
      for (int i = 0; i < customers; i++) {
        double x = spend.times(i);
        double logWhole = Math.log(spent[i] + v);
        sum += p * x * logSpent[i] - (p * x + q) * logWhole;
        byP += x * (logSpent[i] - logWhole);
        byQ -= logWhole;
        byV -= (p * x + q) / (spent[i] + v);
      }
      gradient[0] = byP;
      gradient[1] = byQ;
      gradient[2] = byV;
      return sum;
    };
  }

  /** What it was fitted by. */
  public Fit fit() {
    return fit;
  }

  /** Whether the mean of the population exists: with q up to 1 it is infinite. */
  public boolean hasMean() {
    return q > 1;
  }

  /**
   * The mean that a customer is expected to spend at a time.
   *
   * @param times how often the customer spent; 0 gives the population's mean
   * @param each the mean of these
   * @throws IllegalStateException where there is none: nothing was spent and {@link #hasMean} is
   *     false
   */
  public double expected(int times, double each) {
    double below = p * times + q - 1;
    if (!(below > 0)) {
      throw new IllegalStateException("the mean is infinite: q is " + q);
    }
    return p * (v + times * each) / below;
  }
}
