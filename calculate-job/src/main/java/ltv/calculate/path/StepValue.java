package ltv.calculate.path;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * What a step is worth on the way to a target: its removal effect in a chain of order 1, with the
 * interval of 200 recounts, and the lift of journeys that have it. Associated, not caused.
 *
 * @param removalEffect share of conversions that are lost where journeys end at the step
 */
public record StepValue(double removalEffect, Interval removalInterval, StepLift lift) {
  private static final int RECOUNTS = 200;

  /**
   * Of each step.
   *
   * @param seed of the recounts
   */
  public static List<StepValue> of(Paths paths, long seed) {
    MarkovChain chain = new MarkovChain(paths, 1);
    double[] effects = chain.solve(paths.converting(), paths.others()).removalEffects();
    double[][] recounted = new double[paths.steps()][RECOUNTS];
    int each = paths.courses().size();
    double[] counts = Arrays.copyOf(paths.converting(), 2 * each);
    System.arraycopy(paths.others(), 0, counts, each, each);
    Recount recount = new Recount(counts, seed);
    for (int r = 0; r < RECOUNTS; r++) {
      double[] drawn = recount.next();
      double[] again =
          chain
              .solve(Arrays.copyOf(drawn, each), Arrays.copyOfRange(drawn, each, 2 * each))
              .removalEffects();
      for (int step = 0; step < again.length; step++) {
        recounted[step][r] = again[step];
      }
    }
    StepLift[] lifts = StepLift.of(paths);
    List<StepValue> values = new ArrayList<>();
    for (int step = 0; step < effects.length; step++) {
      values.add(new StepValue(effects[step], Interval.of(recounted[step]), lifts[step]));
    }
    return values;
  }
}
