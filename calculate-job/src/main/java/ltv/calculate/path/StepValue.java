package ltv.calculate.path;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * What a step is worth on the way to a target: its removal effect in a chain of order 1, with the
 * interval of 200 recounts, and the lift of journeys that have it. Associated, not caused.
 *
 * @param step its number
 * @param removalEffect share of conversions that are lost where journeys end at the step
 */
public record StepValue(int step, double removalEffect, Interval removalInterval, StepLift lift) {
  private static final int RECOUNTS = 200;

  /**
   * Of each step that enough users have.
   *
   * @param fewest users
   * @param seed of the recounts
   */
  public static List<StepValue> of(Paths paths, int fewest, long seed) {
    StepLift[] lifts = StepLift.of(paths);
    int[] told =
        IntStream.range(0, lifts.length).filter(step -> lifts[step].users() >= fewest).toArray();
    MarkovChain chain = new MarkovChain(paths, 1);
    double[] effects = chain.solve(paths.converting(), paths.others(), told).removalEffects();
    double[][] recounted = new double[lifts.length][RECOUNTS];
    int each = paths.courses().size();
    double[] counts = Arrays.copyOf(paths.converting(), 2 * each);
    System.arraycopy(paths.others(), 0, counts, each, each);
    Recount recount = new Recount(counts, seed);
    for (int r = 0; r < RECOUNTS; r++) {
      double[] drawn = recount.next();
      double[] converting = Arrays.copyOf(drawn, each);
      double[] others = Arrays.copyOfRange(drawn, each, 2 * each);
      double[] again = chain.solve(converting, others, told).removalEffects();
      for (int step : told) {
        recounted[step][r] = again[step];
      }
    }
    return Arrays.stream(told)
        .mapToObj(
            step -> new StepValue(step, effects[step], Interval.of(recounted[step]), lifts[step]))
        .toList();
  }
}
