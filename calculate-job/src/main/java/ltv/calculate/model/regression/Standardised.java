package ltv.calculate.model.regression;

import org.hipparchus.linear.CholeskyDecomposition;
import org.hipparchus.linear.MatrixUtils;
import org.hipparchus.linear.RealMatrix;
import org.hipparchus.linear.RealVector;

/**
 * Rows for a regression with a ridge penalty (Hoerl and Kennard 1970): a constant, then features of
 * mean 0 and variance 1, so that one penalty suits all. It is half the ridge times the squared
 * coefficients, the constant's apart: a belief that each is 0 with a variance of 1 / ridge. A
 * feature that does not vary is 0 throughout, and so is its coefficient.
 */
final class Standardised {
  /** A spread of less, of a feature's size, is one of rounding. */
  private static final double CONSTANT = 1e-12;

  private final UserRows users;
  private final double ridge;
  private final double[][] rows;
  private final double[] means;
  private final double[] deviations;

  /**
   * Of one user at least.
   *
   * @param ridge above 0
   * @throws IllegalArgumentException where it is not
   */
  Standardised(UserRows users, double ridge) {
    if (!(ridge > 0)) {
      throw new IllegalArgumentException("ridge is " + ridge + "; it must be above 0");
    }
    this.users = users;
    this.ridge = ridge;
    this.rows = new double[users.size()][users.width() + 1];
    this.means = new double[users.width() + 1];
    this.deviations = new double[users.width() + 1];
    deviations[0] = 1;
    for (double[] row : rows) {
      row[0] = 1;
    }
    for (int j = 1; j <= users.width(); j++) {
      standardise(j);
    }
  }

  private void standardise(int j) {
    double all = users.users();
    double low = Double.POSITIVE_INFINITY;
    double high = Double.NEGATIVE_INFINITY;
    double sum = 0;
    for (int i = 0; i < rows.length; i++) {
      rows[i][j] = users.features(i)[j - 1];
      low = Math.min(low, rows[i][j]);
      high = Math.max(high, rows[i][j]);
      sum += users.weight(i) * rows[i][j];
    }
    means[j] = sum / all;
    double squares = 0;
    for (int i = 0; i < rows.length; i++) {
      rows[i][j] -= means[j];
      squares += users.weight(i) * rows[i][j] * rows[i][j];
    }
    boolean varies = high - low > CONSTANT * Math.max(Math.abs(low), Math.abs(high));
    deviations[j] = varies ? Math.sqrt(squares / all) : 1;
    for (double[] row : rows) {
      row[j] = varies ? row[j] / deviations[j] : 0;
    }
  }

  /** No coefficient but the constant. */
  RealVector start(double constant) {
    RealVector start = MatrixUtils.createRealVector(new double[means.length]);
    start.setEntry(0, constant);
    return start;
  }

  /** Of the i-th row. */
  double predictor(int i, RealVector coefficients) {
    double sum = 0;
    for (int j = 0; j < means.length; j++) {
      sum += rows[i][j] * coefficients.getEntry(j);
    }
    return sum;
  }

  double penalty(RealVector coefficients) {
    double constant = coefficients.getEntry(0);
    return ridge / 2 * (coefficients.dotProduct(coefficients) - constant * constant);
  }

  /** By each coefficient, the slope of the rows by their predictors, less that of the penalty. */
  RealVector slope(double[] byPredictor, RealVector coefficients) {
    RealVector slope = coefficients.mapMultiply(-ridge);
    slope.setEntry(0, 0);
    for (int i = 0; i < rows.length; i++) {
      double weight = users.weight(i) * byPredictor[i];
      for (int j = 0; j < means.length; j++) {
        slope.addToEntry(j, weight * rows[i][j]);
      }
    }
    return slope;
  }

  /** How the rows, by their predictors, and the penalty bend down. */
  CholeskyDecomposition information(double[] byPredictor) {
    double[][] sum = new double[means.length][means.length];
    for (int i = 0; i < rows.length; i++) {
      double weight = users.weight(i) * byPredictor[i];
      for (int j = 0; j < means.length; j++) {
        for (int k = 0; k <= j; k++) {
          sum[j][k] += weight * rows[i][j] * rows[i][k];
        }
      }
    }
    for (int j = 1; j < means.length; j++) {
      sum[j][j] += ridge;
      for (int k = 0; k < j; k++) {
        sum[k][j] = sum[j][k];
      }
    }
    return new CholeskyDecomposition(MatrixUtils.createRealMatrix(sum), 1e-6, 0);
  }

  /** From standardised coefficients to those of the features' own units. */
  RealMatrix toOwnUnits() {
    RealMatrix units = MatrixUtils.createRealIdentityMatrix(means.length);
    for (int j = 1; j < means.length; j++) {
      units.setEntry(j, j, 1 / deviations[j]);
      units.setEntry(0, j, -means[j] / deviations[j]);
    }
    return units;
  }
}
