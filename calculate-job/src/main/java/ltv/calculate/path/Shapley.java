package ltv.calculate.path;

/**
 * Shapley values of the game in which a set of steps earns the conversions of all paths that need
 * no other step. Its values are known in closed form, for any number of steps: each path is a
 * unanimity game, whose players share alike (Zhao, Mahboobi and Bagheri, Shapley Value Methods for
 * Attribution Modeling in Online Advertising, 2018).
 */
public final class Shapley {
  private Shapley() {}

  /**
   * What each step gets.
   *
   * @param amounts what there is to split of each path: conversions, or their value
   */
  public static double[] credit(Paths paths, double[] amounts) {
    double[] credit = new double[paths.steps()];
    for (int p = 0; p < amounts.length; p++) {
      int[] players = paths.distinct(p);
      for (int player : players) {
        credit[player] += amounts[p] / players.length;
      }
    }
    return credit;
  }
}
