package ltv.calculate.model.purchase;

import java.util.Arrays;
import ltv.calculate.model.Fit;
import ltv.calculate.model.Likelihood;
import ltv.calculate.model.LinearFit;
import ltv.calculate.model.Maximum;

/**
 * Shifted beta-geometric (Fader and Hardie 2007, How to project customer retention): at each
 * renewal a subscriber leaves for good with a chance of the subscriber's own, Beta(alpha, beta)
 * among subscribers. Those who leave easily leave first, so retention rises with the renewals.
 *
 * <p>Whoever has renewed n times leaves at the next renewal with the mean of Beta(alpha, beta + n).
 * All is formed from this chance: no gamma function, no power, and no limit to the renewals.
 */
public final class ShiftedBetaGeometric {
  private final Fit fit;
  private final double alpha;
  private final double beta;

  /** The model with parameters alpha, beta. */
  public ShiftedBetaGeometric(Fit fit) {
    this.fit = fit;
    this.alpha = fit.parameters()[0];
    this.beta = fit.parameters()[1];
  }

  /**
   * The model that makes likeliest what was seen of subscribers, who may have begun at different
   * times. Where nobody left or nobody renewed, or nobody came to a renewal at all, the likelihood
   * has no maximum: the fit has not converged, and its parameters are a uniform belief in one
   * chance that all share, after what was seen (Laplace's rule of succession). Nor has it where one
   * renewal only was seen, or subscribers are all alike or of two kinds: a ridge of parameters is
   * then as likely, and those are given that were found on it.
   *
   * @param left by k, how many left at their renewal k + 1
   * @param staying by k, how many have renewed k times and are yet to come to the next
   */
  public static ShiftedBetaGeometric of(long[] left, long[] staying) {
    int renewals = Math.max(left.length, staying.length - 1);
    long[] leave = Arrays.copyOf(left, renewals);
    long[] renew = new long[renewals];
    long later = 0;
    for (int k = renewals - 1; k >= 0; k--) {
      later += k + 1 < staying.length ? staying[k + 1] : 0;
      renew[k] = later;
      later += leave[k];
    }
    Likelihood likelihood = likelihood(leave, renew);
    long leaving = Arrays.stream(leave).sum();
    long renewing = Arrays.stream(renew).sum();
    if (leaving == 0 || renewing == 0) {
      double[] believed = {1.0 + leaving, 1.0 + renewing};
      double value = likelihood.at(believed, new double[2]);
      return new ShiftedBetaGeometric(new Fit(believed, LinearFit.unknown(2), value, false, 1));
    }
    return new ShiftedBetaGeometric(Maximum.of(likelihood, 1, 1));
  }

  /**
   * The log-likelihood of alpha and beta and its gradient, by renewal: that of the paper, with the
   * beta functions multiplied out, and with those who are yet to come to a renewal.
   *
   * @param leave by k, how many left at renewal k + 1
   * @param renew how many did not
   */
  static Likelihood likelihood(long[] leave, long[] renew) {
    return (parameters, gradient) -> {
      double alpha = parameters[0];
      double sum = 0;
      double byAlpha = 0;
      double byBeta = 0;
      for (int k = 0; k < leave.length; k++) {
        double stays = parameters[1] + k;
        double both = alpha + stays;
        if (leave[k] > 0) {
          sum -= leave[k] * Math.log1p(stays / alpha);
          byAlpha += leave[k] * (stays / alpha / both);
          byBeta -= leave[k] / both;
        }
        if (renew[k] > 0) {
          sum -= renew[k] * Math.log1p(alpha / stays);
          byAlpha -= renew[k] / both;
          byBeta += renew[k] * (alpha / stays / both);
        }
      }
      gradient[0] = byAlpha;
      gradient[1] = byBeta;
      return sum;
    };
  }

  /** What it was fitted by. */
  public Fit fit() {
    return fit;
  }

  /** The share of all who begin that renew so many times at least; 1 for no renewal. */
  public double survival(int renewals) {
    double share = 1;
    for (int t = 1; t <= renewals; t++) {
      share *= retention(t);
    }
    return share;
  }

  /**
   * The share that renews, of those who come to a renewal.
   *
   * @param renewal which of a subscriber's renewals, from 1
   */
  public double retention(int renewal) {
    double stays = beta + (renewal - 1); // beta may be far below 1
    return stays / (alpha + stays);
  }

  /**
   * How many of the coming renewals a subscriber is expected to make, neither discounted nor beyond
   * these (Fader and Hardie 2010, Customer-base valuation in a contractual setting).
   *
   * @param renewed how often the subscriber has renewed
   * @param ahead of how many renewals
   */
  public double expected(int renewed, int ahead) {
    double share = 1;
    double sum = 0;
    for (int t = 1; t <= ahead; t++) {
      share *= retention(renewed + t);
      sum += share;
    }
    return sum;
  }
}
