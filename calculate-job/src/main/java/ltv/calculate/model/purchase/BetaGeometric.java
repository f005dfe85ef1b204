package ltv.calculate.model.purchase;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import ltv.calculate.model.Fit;
import ltv.calculate.model.Likelihood;
import ltv.calculate.model.regression.Logistic;
import org.hipparchus.special.Gamma;

/**
 * The maths that BG/NBD and MBG/NBD share. Customers buy at a rate that is Gamma(r, alpha) among
 * them, and may leave for good after a purchase with a chance that is Beta(a, b) among them; the
 * models differ in whether the first purchase is one after which they may leave.
 *
 * <p>With {@code k} purchases before the repeats after which a customer stayed or left (0 or 1) and
 * B = b + x + k, the odds of having left are a / (B - 1) ((alpha + T) / (alpha + t_x))^(r + x), 0
 * where nothing is known to have been a chance to leave. Formed in logarithms throughout: the power
 * overflows for customers with hundreds of purchases.
 */
abstract class BetaGeometric implements PurchaseModel {
  private static final int NODES = 32;

  private final int chances;
  private final Fit fit;
  private final double r;
  private final double alpha;
  private final double a;
  private final double b;

  /** Who has bought equally often has the same chance to leave. */
  private final Map<Integer, BetaMean> leaving = new ConcurrentHashMap<>();

  /**
   * A model with these parameters.
   *
   * @param chances whether one may leave after the first purchase: 0 or 1
   */
  BetaGeometric(int chances, Fit fit) {
    this.chances = chances;
    this.fit = fit;
    this.r = fit.parameters()[0];
    this.alpha = fit.parameters()[1];
    this.a = fit.parameters()[2];
    this.b = fit.parameters()[3];
  }

  /** The likeliest parameters. */
  static Fit fit(int chances, PurchaseHistories histories) {
    return histories.fit(scaled -> likelihood(chances, scaled), 1);
  }

  /**
   * The log-likelihood of r, alpha, a, b (Fader, Hardie and Lee 2005, eq. 6; Batislam, Denizel and
   * Filiztekin 2007) and its gradient. Terms in x alone are computed once for each x.
   */
  static Likelihood likelihood(int chances, PurchaseHistories histories) {
    return (parameters, gradient) -> {
      double r = parameters[0];
      double alpha = parameters[1];
      double a = parameters[2];
      double b = parameters[3];
      double sum = 0;
      double byR = 0;
      double byAlpha = 0;
      double byA = 0;
      double byB = 0;
      ForRepeats of = null;
      for (int i = 0; i < histories.size(); i++) {
        PurchaseHistory h = histories.history(i);
        if (of == null || of.repeats != h.repeats()) {
          of = new ForRepeats(h.repeats(), chances, r, alpha, a, b);
        }
        double n = histories.customers(i);
        double end = alpha + h.age();
        double power = r + h.repeats();
        double logEnd = Math.log(end);
        double value = of.value - power * logEnd;
        double left = 0;
        double spread = 0;
        if (of.mayHaveLeft) {
          spread = logEnd - Math.log(alpha + h.last());
          double logOdds = of.logChance + power * spread;
          value += Logistic.softplus(logOdds);
          left = Logistic.chance(logOdds);
        }
        sum += n * value;
        byR += n * (of.byR - logEnd + left * spread);
        byAlpha +=
            n * (r / alpha - power / end + left * power * (1 / end - 1 / (alpha + h.last())));
        byA += n * (of.byA + left / a);
        byB += n * (of.byB - (of.mayHaveLeft ? left / (of.stays - 1) : 0));
      }
      gradient[0] = byR;
      gradient[1] = byAlpha;
      gradient[2] = byA;
      gradient[3] = byB;
      return sum;
    };
  }

  /** What the likelihood has of a number of repeats, whenever they were. */
  private static final class ForRepeats {
    private final int repeats;
    private final boolean mayHaveLeft;

    /** B: how often one stayed, with the prior's share. */
    private final double stays;

    private final double logChance;
    private final double value;
    private final double byR;
    private final double byA;
    private final double byB;

    private ForRepeats(int repeats, int chances, double r, double alpha, double a, double b) {
      this.repeats = repeats;
      this.mayHaveLeft = repeats + chances > 0;
      this.stays = b + repeats + chances;
      this.logChance = mayHaveLeft ? Math.log(a / (stays - 1)) : 0;
      this.value =
          Gamma.logGamma(r + repeats)
              - Gamma.logGamma(r)
              + r * Math.log(alpha)
              + Gamma.logGamma(a + b)
              - Gamma.logGamma(b)
              + Gamma.logGamma(stays)
              - Gamma.logGamma(a + stays);
      this.byR = Gamma.digamma(r + repeats) - Gamma.digamma(r) + Math.log(alpha);
      this.byA = Gamma.digamma(a + b) - Gamma.digamma(a + stays);
      this.byB = byA - Gamma.digamma(b) + Gamma.digamma(stays);
    }
  }

  @Override
  public Fit fit() {
    return fit;
  }

  @Override
  public double alive(PurchaseHistory known) {
    if (known.repeats() + chances == 0) {
      return 1;
    }
    double logOdds =
        Math.log(a / (b + known.repeats() + chances - 1))
            + (r + known.repeats())
                * (Math.log(alpha + known.age()) - Math.log(alpha + known.last()));
    return Logistic.chance(-logOdds);
  }

  @Override
  public double returns(PurchaseHistory known, double ahead) {
    double end = alpha + known.age();
    return alive(known) * -Math.expm1((r + known.repeats()) * -Math.log1p(ahead / end));
  }

  @Override
  public double expected(double until) {
    return expected(new PurchaseHistory(0, 0, 0), until);
  }

  /**
   * The mean of (1 - (1 + p t / (alpha + T))^-(r + x)) / p over the chance to leave p that the
   * customer has by what is known, Beta(a, B): no hypergeometric function, and no pole at a = 1.
   */
  @Override
  public double expected(PurchaseHistory known, double ahead) {
    double relative = ahead / (alpha + known.age());
    double power = r + known.repeats();
    BetaMean toLeave =
        leaving.computeIfAbsent(known.repeats(), x -> new BetaMean(a, b + x + chances, NODES));
    return alive(known)
        * toLeave.of(
            p -> p == 0 ? power * relative : -Math.expm1(-power * Math.log1p(p * relative)) / p);
  }
}
