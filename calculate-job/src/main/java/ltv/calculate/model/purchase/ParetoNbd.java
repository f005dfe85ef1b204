package ltv.calculate.model.purchase;

import java.util.Arrays;
import ltv.calculate.model.Fit;
import ltv.calculate.model.Likelihood;
import org.hipparchus.analysis.integration.gauss.GaussIntegrator;
import org.hipparchus.analysis.integration.gauss.GaussIntegratorFactory;
import org.hipparchus.special.Gamma;

/**
 * Pareto/NBD (Schmittlein, Morrison and Colombo 1987; Fader and Hardie 2005): customers buy at a
 * rate that is Gamma(r, alpha) among them and leave, at any moment, at a rate that is Gamma(s,
 * beta).
 *
 * <p>The likelihood's integral over the moment of leaving, u from t_x to T, of (alpha + u)^-(r + x)
 * (beta + u)^-(s + 1), is taken over the logarithm of (c + u) / (c + t_x), c the smaller of alpha
 * and beta: so it is analytic and falls like an exponential, for which a few Gauss-Legendre nodes
 * do, and no hypergeometric function is needed.
 */
public final class ParetoNbd implements PurchaseModel {
  private static final int NODES = 32;

  /** In e-folds: 1e-19. */
  private static final double NEGLIGIBLE = 44;

  private static final GaussIntegrator UNIT = new GaussIntegratorFactory().legendre(NODES, 0, 1);

  private final Fit fit;
  private final double r;
  private final double alpha;
  private final double s;
  private final double beta;

  /** The model with parameters r, alpha, s, beta. */
  public ParetoNbd(Fit fit) {
    this.fit = fit;
    this.r = fit.parameters()[0];
    this.alpha = fit.parameters()[1];
    this.s = fit.parameters()[2];
    this.beta = fit.parameters()[3];
  }

  /** The model that makes what is known likeliest. */
  public static ParetoNbd of(PurchaseHistories histories) {
    return new ParetoNbd(histories.fit(ParetoNbd::likelihood, 1, 3));
  }

  /** The log-likelihood of r, alpha, s, beta and its gradient. */
  static Likelihood likelihood(PurchaseHistories histories) {
    return (parameters, gradient) -> {
      Arrays.fill(gradient, 0);
      double sum = 0;
      for (int i = 0; i < histories.size(); i++) {
        double n = histories.customers(i);
        sum += n * new Term(histories.history(i), parameters).add(gradient, n);
      }
      return sum;
    };
  }

  /** One history's share of the likelihood: it is either still there, or left at some moment. */
  private static final class Term {
    private final PurchaseHistory h;
    private final double r;
    private final double alpha;
    private final double s;
    private final double beta;
    private final double power;

    /** Of being there still, and of having left, but for what both share. */
    private final double logThere;

    private final double logLeft;

    /** Means, over the moment of leaving, of ln(alpha + u), 1 / (alpha + u), and with beta. */
    private double logAlpha;

    private double inverseAlpha;
    private double logBeta;
    private double inverseBeta;

    private Term(PurchaseHistory h, double[] parameters) {
      this.h = h;
      this.r = parameters[0];
      this.alpha = parameters[1];
      this.s = parameters[2];
      this.beta = parameters[3];
      this.power = r + h.repeats();
      this.logThere = -power * Math.log(alpha + h.age()) - s * Math.log(beta + h.age());
      this.logLeft = Math.log(s) + integral();
    }

    /** The logarithm of the integral over the moments of leaving; fills the means. */
    private double integral() {
      double from = Math.min(alpha, beta) + h.last();
      double to = reach(Math.log1p((h.age() - h.last()) / from), from);
      double first = logDensity(h.last()) + Math.log(from);
      double total = 0;
      for (int i = 0; i < NODES && to > 0; i++) {
        double q = to * UNIT.getPoint(i);
        double u = h.last() + from * Math.expm1(q);
        double weight =
            to * UNIT.getWeight(i) * Math.exp(logDensity(u) + Math.log(from) + q - first);
        total += weight;
        logAlpha += weight * Math.log(alpha + u);
        inverseAlpha += weight / (alpha + u);
        logBeta += weight * Math.log(beta + u);
        inverseBeta += weight / (beta + u);
      }
      if (total == 0) {
        return Double.NEGATIVE_INFINITY;
      }
      logAlpha /= total;
      inverseAlpha /= total;
      logBeta /= total;
      inverseBeta /= total;
      return first + Math.log(total);
    }

    private double logDensity(double u) {
      return -power * Math.log(alpha + u) - (s + 1) * Math.log(beta + u);
    }

    /** Up to where there is anything to add: more than so many e-folds below counts for nothing. */
    private double reach(double end, double from) {
      double low = 0;
      double high = end;
      double enough = logDensity(h.last()) - NEGLIGIBLE;
      if (logDensity(h.age()) + end > enough) {
        return end;
      }
      for (int i = 0; i < 30; i++) {
        double middle = (low + high) / 2;
        boolean counts = logDensity(h.last() + from * Math.expm1(middle)) + middle > enough;
        low = counts ? middle : low;
        high = counts ? high : middle;
      }
      return high;
    }

    /** How likely it is that the customer is there still. */
    private double there() {
      return 1 / (1 + Math.exp(logLeft - logThere));
    }

    private double add(double[] gradient, double n) {
      double there = there();
      double left = 1 - there;
      double end = alpha + h.age();
      gradient[0] +=
          n
              * (Gamma.digamma(power)
                  - Gamma.digamma(r)
                  + Math.log(alpha)
                  - there * Math.log(end)
                  - left * logAlpha);
      gradient[1] += n * (r / alpha - power * (there / end + left * inverseAlpha));
      gradient[2] +=
          n * (Math.log(beta) - there * Math.log(beta + h.age()) + left * (1 / s - logBeta));
      gradient[3] += n * (s / beta - there * s / (beta + h.age()) - left * (s + 1) * inverseBeta);
      double larger = Math.max(logThere, logLeft);
      return Gamma.logGamma(power)
          - Gamma.logGamma(r)
          + r * Math.log(alpha)
          + s * Math.log(beta)
          + larger
          + Math.log(Math.exp(logThere - larger) + Math.exp(logLeft - larger));
    }
  }

  @Override
  public Fit fit() {
    return fit;
  }

  @Override
  public double alive(PurchaseHistory known) {
    return new Term(known, fit.parameters()).there();
  }

  @Override
  public double expected(double until) {
    return expected(new PurchaseHistory(0, 0, 0), until);
  }

  /** Fader and Hardie 2005, eq. 22; with s = 1, where its two powers meet, their limit. */
  @Override
  public double expected(PurchaseHistory known, double ahead) {
    double from = beta + known.age();
    double rate = (r + known.repeats()) / (alpha + known.age());
    double ratio = Math.log1p(ahead / from);
    double time = Math.abs(s - 1) < 1e-9 ? ratio : -Math.expm1((1 - s) * ratio) / (s - 1);
    return alive(known) * rate * from * time;
  }

  /** A customer who is there buys before leaving: the mean over the moment of leaving. */
  @Override
  public double returns(PurchaseHistory known, double ahead) {
    double power = r + known.repeats();
    double start = alpha + known.age();
    double from = beta + known.age();
    // P(no purchase) = there at the end and silent, or left before after silence
    double silent = Math.exp(-power * Math.log1p(ahead / start) - s * Math.log1p(ahead / from));
    double left = 0;
    double width = -Math.expm1(-s * Math.log1p(ahead / from));
    for (int i = 0; i < NODES; i++) {
      double u = from * Math.expm1(-Math.log1p(-width * UNIT.getPoint(i)) / s);
      left += UNIT.getWeight(i) * Math.exp(-power * Math.log1p(u / start));
    }
    return alive(known) * (1 - silent - width * left);
  }
}
