package ltv.calculate.path;

/**
 * The fundamental matrix of an absorbing chain, N = (I - Q)^-1: how often each state is visited
 * from each (Kemeny and Snell, Finite Markov Chains, 1960). From it every state's removal effect
 * follows at once: what is lost are the conversions of those who ever come to the state, and of all
 * who are there the same share converts.
 */
final class Fundamental {
  private static final int START = 0;

  private final double[][] visits;
  private final double[] converts;

  /**
   * Inverts. Rows of I - Q are dominated by their diagonals, so that no pivot has to be looked for.
   *
   * @param steps the probability of each step between states; used up. Whoever is in a state that
   *     is visited can leave the chain from it
   * @param converts the probability that a state ends in a conversion
   */
  Fundamental(double[][] steps, double[] converts) {
    this.visits = steps;
    this.converts = converts;
    int states = steps.length;
    for (int i = 0; i < states; i++) {
      for (int j = 0; j < states; j++) {
        steps[i][j] = (i == j ? 1 : 0) - steps[i][j];
      }
    }
    for (int pivot = 0; pivot < states; pivot++) {
      double scale = 1 / steps[pivot][pivot];
      steps[pivot][pivot] = 1;
      for (int j = 0; j < states; j++) {
        steps[pivot][j] *= scale;
      }
      for (int i = 0; i < states; i++) {
        double factor = steps[i][pivot];
        if (i != pivot && factor != 0) {
          steps[i][pivot] = 0;
          for (int j = 0; j < states; j++) {
            steps[i][j] -= factor * steps[pivot][j];
          }
        }
      }
    }
  }

  /** The probability that a journey converts from a state. */
  double conversion(int state) {
    double sum = 0;
    for (int j = 0; j < converts.length; j++) {
      sum += visits[state][j] * converts[j];
    }
    return sum;
  }

  /** The share of conversions that is lost where journeys end instead of coming to the state. */
  double removalEffect(int state) {
    double ever = visits[START][state] / visits[state][state];
    return Math.min(1, ever * conversion(state) / conversion(START));
  }
}
