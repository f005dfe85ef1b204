package ltv.calculate.journey;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import ltv.calculate.path.StepLift;
import ltv.dataset.Computation;
import ltv.engine.Session;

/**
 * The visits of scopes with enough users, from {@code step_visit}.
 *
 * @param numbers scope, step (-1 for any), stratum, visits and conversions, in the order of scopes
 *     and steps
 */
record StepVisits(double[][] numbers) {
  private static final int SCOPE = 0;
  private static final int STEP = 1;
  private static final int STRATUM = 2;
  private static final int VISITS = 3;
  private static final int CONVERSIONS = 4;

  /** Ten times the bucket of visits and the length of the path. */
  private static final int STRATA = 100;

  /**
   * Reads them.
   *
   * @param session has {@code step_visit}, and scopes and steps in {@link ScopedPaths}' numbers
   */
  static StepVisits read(Session session) {
    return new StepVisits(session.numbers(Computation.query(StepVisits.class, "step_visits")));
  }

  /** How much oftener visits with each step convert than visits like them, scope by scope. */
  List<StepLift[]> lifts(int scopes, int steps) {
    List<StepLift[]> lifts = new ArrayList<>();
    int at = 0;
    for (int scope = 0; scope < scopes; scope++) {
      double[][] all = new double[STRATA][2];
      double[][][] with = new double[steps][STRATA][2];
      for (; at < numbers[SCOPE].length && numbers[SCOPE][at] == scope; at++) {
        int step = (int) numbers[STEP][at];
        double[] sums = (step < 0 ? all : with[step])[(int) numbers[STRATUM][at]];
        sums[0] += numbers[VISITS][at];
        sums[1] += numbers[CONVERSIONS][at];
      }
      lifts.add(Stream.of(with).map(w -> StepLift.of(w, all)).toArray(StepLift[]::new));
    }
    return lifts;
  }
}
