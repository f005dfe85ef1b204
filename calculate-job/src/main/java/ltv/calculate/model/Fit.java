package ltv.calculate.model;

/**
 * Parameters that make data likeliest.
 *
 * @param parameters the maximum
 * @param covariance of the logarithms of the parameters, the inverse of the observed information;
 *     infinite where the likelihood is flat
 * @param logLikelihood its value there
 * @param converged whether the gradient vanishes there and it is a maximum, not a ridge
 * @param evaluations how often the likelihood was computed on the way
 */
public record Fit(
    double[] parameters,
    double[][] covariance,
    double logLikelihood,
    boolean converged,
    int evaluations) {
  /** Of each parameter, by the delta method. */
  public double[] standardErrors() {
    double[] errors = new double[parameters.length];
    for (int i = 0; i < errors.length; i++) {
      errors[i] = parameters[i] * Math.sqrt(covariance[i][i]);
    }
    return errors;
  }
}
