package ltv.calculate.posterior;

import org.hipparchus.random.RandomGenerator;

/**
 * Motion on a log-density turned upside down, with masses that are the inverse of what the
 * parameters' variances are thought to be (Neal 2011, section 5.2).
 *
 * @param density where to move
 * @param variances of the parameters, as far as known
 */
record Hamiltonian(LogDensity density, double[] variances) {
  /**
   * Where a motion is.
   *
   * @param position the parameters
   * @param momentum by parameter
   * @param slope of the log-density there
   * @param value of the log-density there
   */
  record Phase(double[] position, double[] momentum, double[] slope, double value) {}

  /** A position at rest. */
  Phase at(double[] position) {
    double[] slope = new double[position.length];
    double value = density.at(position, slope);
    return new Phase(position, new double[position.length], slope, value);
  }

  /** The same position with a momentum by chance. */
  Phase pushed(Phase at, RandomGenerator random) {
    double[] momentum = new double[variances.length];
    for (int i = 0; i < momentum.length; i++) {
      momentum[i] = random.nextGaussian() / Math.sqrt(variances[i]);
    }
    return new Phase(at.position, momentum, at.slope, at.value);
  }

  /** One leapfrog step, backwards where it is negative. */
  Phase step(Phase from, double step) {
    int n = variances.length;
    double[] position = new double[n];
    double[] momentum = new double[n];
    for (int i = 0; i < n; i++) {
      momentum[i] = from.momentum[i] + step / 2 * from.slope[i];
      position[i] = from.position[i] + step * variances[i] * momentum[i];
    }
    Phase to = at(position);
    for (int i = 0; i < n; i++) {
      momentum[i] += step / 2 * to.slope[i];
    }
    return new Phase(position, momentum, to.slope, to.value);
  }

  /** What stays the same along an exact motion. */
  double energy(Phase at) {
    return dot(at.momentum, at.momentum) / 2 - at.value;
  }

  /** Whether both ends of a motion still go away from each other. */
  boolean opens(Phase first, Phase last, double[] momenta) {
    return dot(first.momentum, momenta) > 0 && dot(last.momentum, momenta) > 0;
  }

  private double dot(double[] a, double[] b) {
    double sum = 0;
    for (int i = 0; i < a.length; i++) {
      sum += variances[i] * a[i] * b[i];
    }
    return sum;
  }
}
