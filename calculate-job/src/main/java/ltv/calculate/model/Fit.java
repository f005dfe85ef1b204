package ltv.calculate.model;

/**
 * Parameters that make data likeliest.
 *
 * @param parameters the maximum
 * @param covariance of the logarithms of the parameters, the inverse of the observed information;
 *     infinite where the likelihood is flat
 * @param logLikelihood its value there
 * @param converged whether the gradient vanishes there and it is a maximum, neither a ridge nor
 *     flat
 * @param evaluations how often the likelihood was computed on the way
 */
public record Fit(
    double[] parameters,
    double[][] covariance,
    double logLikelihood,
    boolean converged,
    int evaluations) {
  /**
   * The same in the data's own unit, of what was fitted in another.
   *
   * @param unit that other unit, in the data's own
   * @param densities how many densities per unit the likelihood multiplies
   * @param scaled which parameters are in that unit
   */
  public Fit inOwnUnit(double unit, long densities, int... scaled) {
    double[] own = parameters.clone();
    for (int i : scaled) {
      own[i] *= unit;
    }
    return new Fit(
        own, covariance, logLikelihood - densities * Math.log(unit), converged, evaluations);
  }

  /** Of each parameter, by the delta method. */
  public double[] standardErrors() {
    double[] errors = new double[parameters.length];
    for (int i = 0; i < errors.length; i++) {
      errors[i] = parameters[i] * Math.sqrt(covariance[i][i]);
    }
    return errors;
  }
}
