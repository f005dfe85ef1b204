package ltv.calculate.path;

/**
 * How much oftener journeys with a step convert than journeys without it that are as long: the risk
 * ratio of Mantel and Haenszel over lengths of paths, with the interval of Greenland and Robins
 * (Estimation of a common effect parameter from sparse follow-up data, 1985). Who does more has
 * more of every step and converts oftener anyway; among paths of one length this tells nothing.
 *
 * @param users journeys with the step
 * @param conversions those of them that converted
 * @param usersWithout journeys without it
 * @param conversionsWithout those of them that converted
 * @param lift not a number where nobody converted with it or nobody without
 */
public record StepLift(
    double users,
    double conversions,
    double usersWithout,
    double conversionsWithout,
    double lift,
    Interval interval) {

  /** Of each step. */
  static StepLift[] of(Paths paths) {
    int longest = paths.courses().stream().mapToInt(course -> course.length).max().orElse(0);
    double[][][] with = new double[paths.steps()][longest + 1][2];
    double[][] all = new double[longest + 1][2];
    for (int p = 0; p < paths.courses().size(); p++) {
      int length = paths.courses().get(p).length;
      add(all[length], paths, p);
      for (int step : paths.distinct(p)) {
        add(with[step][length], paths, p);
      }
    }
    StepLift[] lifts = new StepLift[paths.steps()];
    for (int step = 0; step < lifts.length; step++) {
      lifts[step] = of(with[step], all);
    }
    return lifts;
  }

  /** Adds to users and conversions. */
  private static void add(double[] sums, Paths paths, int path) {
    sums[0] += paths.converting()[path] + paths.others()[path];
    sums[1] += paths.converting()[path];
  }

  private static StepLift of(double[][] with, double[][] all) {
    double[] sums = new double[4];
    double expectedWith = 0;
    double expectedWithout = 0;
    double variance = 0;
    for (int length = 0; length < all.length; length++) {
      double users = with[length][0];
      double conversions = with[length][1];
      double usersWithout = all[length][0] - users;
      double conversionsWithout = all[length][1] - conversions;
      sums[0] += users;
      sums[1] += conversions;
      sums[2] += usersWithout;
      sums[3] += conversionsWithout;
      if (all[length][0] > 0) {
        double n = all[length][0];
        expectedWith += conversions * usersWithout / n;
        expectedWithout += conversionsWithout * users / n;
        variance +=
            (users * usersWithout * all[length][1] - conversions * conversionsWithout * n)
                / (n * n);
      }
    }
    boolean known = expectedWith > 0 && expectedWithout > 0;
    double lift = known ? expectedWith / expectedWithout : Double.NaN;
    double spread =
        Math.exp(Interval.Z * Math.sqrt(Math.max(0, variance) / (expectedWith * expectedWithout)));
    return new StepLift(
        sums[0],
        sums[1],
        sums[2],
        sums[3],
        lift,
        new Interval(known ? lift / spread : Double.NaN, known ? lift * spread : Double.NaN));
  }
}
