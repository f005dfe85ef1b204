package ltv.calculate.posterior;

/** The logarithm of a density, up to a constant, of parameters that may be any numbers. */
public interface LogDensity {
  /**
   * The value at a point; not finite where the density has none.
   *
   * @param point one number for each parameter, which is left as it is
   * @param gradient takes the derivative by each parameter
   */
  double at(double[] point, double[] gradient);
}
