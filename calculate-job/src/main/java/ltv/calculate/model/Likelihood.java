package ltv.calculate.model;

/** A log-likelihood of positive parameters, with its gradient. */
public interface Likelihood {
  /**
   * The value at a point.
   *
   * @param parameters all above 0
   * @param gradient takes the derivative by each parameter
   */
  double at(double[] parameters, double[] gradient);
}
