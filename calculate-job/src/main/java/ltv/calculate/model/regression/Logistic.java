package ltv.calculate.model.regression;

import ltv.calculate.model.LinearFit;
import org.hipparchus.linear.CholeskyDecomposition;
import org.hipparchus.linear.RealMatrix;
import org.hipparchus.linear.RealVector;

/**
 * Logistic regression of whether users pay on their features, with a ridge penalty (le Cessie and
 * van Houwelingen 1992).
 *
 * @param fit of the logarithm of the odds
 */
public record Logistic(LinearFit fit) {
  private static final int MOST_EVALUATIONS = 100;

  /** How many standard errors, squared, the maximum may be away from before the last step. */
  private static final double FLAT = 1e-10;

  /** A fall of less, of the likelihood's own size, is one of rounding. */
  private static final double ROUNDING = 1e-12;

  private static final double SMALLEST_STEP = 1e-10;

  /**
   * The likeliest coefficients, by Newton's steps (iteratively reweighted least squares), which are
   * halved where they lead down. Where all pay or nobody does, nothing is known of features; the
   * chance to pay is then Laplace's (k + 1) / (n + 2), and the fit has not converged.
   *
   * @param ridge above 0: a belief that the coefficients, of features of variance 1, are 0 with a
   *     variance of 1 / ridge
   */
  public static Logistic of(UserRows users, double ridge) {
    double pay = users.payers().users();
    double rest = users.users() - pay;
    if (!(pay > 0) || !(rest > 0)) {
      double logOdds = Math.log1p(pay) - Math.log1p(rest);
      double value = -pay * softplus(-logOdds) - rest * softplus(logOdds);
      return new Logistic(LinearFit.unknown(users.width(), logOdds, value));
    }
    Standardised rows = new Standardised(users, ridge);
    return new Logistic(climbed(users, rows, rows.start(Math.log(pay) - Math.log(rest))));
  }

  private static LinearFit climbed(UserRows users, Standardised rows, RealVector start) {
    RealVector at = start;
    double value = penalised(users, rows, at);
    double[] residual = new double[users.size()];
    double[] curvature = new double[users.size()];
    for (int evaluations = 1; ; evaluations++) {
      for (int i = 0; i < residual.length; i++) {
        double chance = chance(rows.predictor(i, at));
        residual[i] = (users.paid(i) > 0 ? 1 : 0) - chance;
        curvature[i] = chance * (1 - chance);
      }
      CholeskyDecomposition information = rows.information(curvature);
      RealVector slope = rows.slope(residual, at);
      RealVector step = information.getSolver().solve(slope);
      double rise = slope.dotProduct(step);
      boolean flat = rise <= FLAT;
      RealVector next = flat ? at.add(step) : uphill(users, rows, at, step, value);
      boolean stuck = next == at || evaluations == MOST_EVALUATIONS;
      at = next;
      value = penalised(users, rows, at);
      if (flat || stuck) {
        RealMatrix units = rows.toOwnUnits();
        RealMatrix inverse = information.getSolver().getInverse();
        return new LinearFit(
            units.operate(at).toArray(),
            units.multiply(inverse).multiplyTransposed(units).getData(),
            value + rows.penalty(at),
            flat,
            evaluations);
      }
    }
  }

  /** As far along a step as does not lead down; the same point where there is none. */
  private static RealVector uphill(
      UserRows users, Standardised rows, RealVector at, RealVector step, double value) {
    for (double length = 1; length > SMALLEST_STEP; length /= 2) {
      RealVector next = at.combine(1, length, step);
      if (penalised(users, rows, next) >= value - ROUNDING * Math.abs(value)) {
        return next;
      }
    }
    return at;
  }

  private static double penalised(UserRows users, Standardised rows, RealVector at) {
    double sum = -rows.penalty(at);
    for (int i = 0; i < users.size(); i++) {
      double logOdds = rows.predictor(i, at);
      sum -= users.weight(i) * softplus(users.paid(i) > 0 ? -logOdds : logOdds);
    }
    return sum;
  }

  /** That a user with such features pays. */
  public double chance(double[] features) {
    return chance(fit.at(features));
  }

  /** The logarithm of the chance that a user with such features pays. */
  double logPays(double[] features) {
    return -softplus(-fit.at(features));
  }

  /** The logarithm of the chance that a user with such features pays nothing. */
  double logPaysNot(double[] features) {
    return -softplus(fit.at(features));
  }

  /** Of odds by their logarithm. */
  public static double chance(double logOdds) {
    return logOdds > 0 ? 1 / (1 + Math.exp(-logOdds)) : Math.exp(logOdds) / (1 + Math.exp(logOdds));
  }

  /** The logarithm of 1 + e^x, however large x is. */
  public static double softplus(double x) {
    return Math.max(0, x) + Math.log1p(Math.exp(-Math.abs(x)));
  }
}
