package ltv.calculate.model;

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

  /** The log-likelihood of p, q, v and its gradient, of money divided by {@code unit}. */
  static Likelihood likelihood(Spend spend, double unit) {
    return (parameters, gradient) -> {
      double p = parameters[0];
      double q = parameters[1];
      double v = parameters[2];
      double sum = 0;
      double byP = 0;
      double byQ = 0;
      double byV = 0;
      for (int i = 0; i < spend.customers(); i++) {
        double x = spend.times(i);
        double z = spend.each(i) / unit;
        double all = p * x + q;
        double logWhole = Math.log(x * z + v);
        double logSpent = Math.log(x * z);
        sum +=
            Gamma.logGamma(all)
                - Gamma.logGamma(p * x)
                - Gamma.logGamma(q)
                + q * Math.log(v)
                - Math.log(z)
                + p * x * logSpent
                - all * logWhole;
        byP += x * (Gamma.digamma(all) - Gamma.digamma(p * x) + logSpent - logWhole);
        byQ += Gamma.digamma(all) - Gamma.digamma(q) + Math.log(v) - logWhole;
        byV += q / v - all / (x * z + v);
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
