package ltv.calculate.model.regression;

import java.util.Arrays;
import ltv.calculate.model.LinearFit;
import org.hipparchus.linear.CholeskyDecomposition;
import org.hipparchus.linear.RealMatrix;
import org.hipparchus.linear.RealVector;

/**
 * Regression of the logarithm of what payers paid on their features, with a ridge penalty (Hoerl
 * and Kennard 1970), and what is left as normal noise.
 *
 * @param fit of the mean of the logarithm
 * @param sigma the noise's standard deviation
 */
public record LogNormalRegression(LinearFit fit, double sigma) {
  /** Less is taken as this, as in the loss of Wang, Liu and Miao: densities stay finite. */
  private static final double SMALLEST_VARIANCE = 1e-7;

  private static final double LOG_TWO_PI = Math.log(2 * Math.PI);

  /**
   * The likeliest coefficients of those who paid, by a formula, and the likeliest sigma. Where they
   * all paid what is predicted, as a payer alone or payers of one price do, the likelihood has no
   * maximum: the fit has not converged, and sigma is the least that there is. Nor has it where
   * nobody paid; the predicted logarithm is then 0.
   *
   * @param ridge above 0: a belief that the coefficients, of features of variance 1, are 0 with a
   *     variance of sigma squared / ridge
   */
  public static LogNormalRegression of(UserRows users, double ridge) {
    UserRows payers = users.payers();
    if (payers.size() == 0) {
      return new LogNormalRegression(
          LinearFit.unknown(users.width(), 0, 0), Math.sqrt(SMALLEST_VARIANCE));
    }
    Standardised rows = new Standardised(payers, ridge);
    double[] ones = new double[payers.size()];
    Arrays.fill(ones, 1);
    double[] logs = new double[payers.size()];
    Arrays.setAll(logs, i -> Math.log(payers.paid(i)));
    CholeskyDecomposition information = rows.information(ones);
    RealVector at = information.getSolver().solve(rows.slope(logs, rows.start(0)));
    double squares = 0;
    double sumOfLogs = 0;
    for (int i = 0; i < logs.length; i++) {
      double residual = logs[i] - rows.predictor(i, at);
      squares += payers.weight(i) * residual * residual;
      sumOfLogs += payers.weight(i) * logs[i];
    }
    double n = payers.users();
    boolean spread = squares / n > SMALLEST_VARIANCE;
    double variance = spread ? squares / n : SMALLEST_VARIANCE;
    RealMatrix units = rows.toOwnUnits();
    RealMatrix own = units.multiply(information.getSolver().getInverse()).multiplyTransposed(units);
    return new LogNormalRegression(
        new LinearFit(
            units.operate(at).toArray(),
            spread
                ? own.scalarMultiply(variance).getData()
                : LinearFit.unknown(own.getRowDimension()),
            -n / 2 * (LOG_TWO_PI + Math.log(variance)) - squares / variance / 2 - sumOfLogs,
            spread,
            1),
        Math.sqrt(variance));
  }

  /** The logarithm of the mean of what payers with such features pay. */
  double logMean(double[] features) {
    return fit.at(features) + sigma * sigma / 2;
  }

  /** The logarithm of the density of an amount above 0, of a payer with such features. */
  double logDensity(double[] features, double paid) {
    double log = Math.log(paid);
    double score = (log - fit.at(features)) / sigma;
    return -log - Math.log(sigma) - (LOG_TWO_PI + score * score) / 2;
  }
}
