package ltv.calculate.model;

/**
 * Coefficients of features that make data likeliest, less a ridge penalty.
 *
 * @param coefficients the constant, then one for each feature in the feature's own unit
 * @param covariance of these, the inverse of the information with the penalty's share; infinite
 *     where the likelihood has no maximum
 * @param logLikelihood its value there, without the penalty
 * @param converged whether it is a maximum
 * @param evaluations how often the information was computed on the way
 */
public record LinearFit(
    double[] coefficients,
    double[][] covariance,
    double logLikelihood,
    boolean converged,
    int evaluations) {
  /** What says nothing of features, where the likelihood has no maximum. */
  public static LinearFit unknown(int features, double constant, double logLikelihood) {
    double[] coefficients = new double[features + 1];
    coefficients[0] = constant;
    return new LinearFit(coefficients, unknown(features + 1), logLikelihood, false, 0);
  }

  /** The covariance of so many coefficients of which nothing is known. */
  public static double[][] unknown(int coefficients) {
    double[][] covariance = new double[coefficients][coefficients];
    for (int i = 0; i < coefficients; i++) {
      covariance[i][i] = Double.POSITIVE_INFINITY;
    }
    return covariance;
  }

  /** The linear predictor: the constant and each feature times its coefficient. */
  public double at(double[] features) {
    double sum = coefficients[0];
    for (int j = 1; j < coefficients.length; j++) {
      sum += coefficients[j] * features[j - 1];
    }
    return sum;
  }

  /** Of each coefficient. */
  public double[] standardErrors() {
    double[] errors = new double[coefficients.length];
    for (int i = 0; i < errors.length; i++) {
      errors[i] = Math.sqrt(covariance[i][i]);
    }
    return errors;
  }
}
