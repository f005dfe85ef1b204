package ltv.calculate.path;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * What goes through a step on the way to a target: journeys with and without it, and its removal
 * effect in a chain of order 1, with the interval of 200 recounts. Associated, not caused.
 *
 * @param step its number
 * @param users journeys with the step
 * @param conversions those of them that converted
 * @param usersWithout journeys without it
 * @param conversionsWithout those of them that converted
 * @param removalEffect share of conversions that are lost where journeys end at the step
 */
public record StepValue(
    int step,
    double users,
    double conversions,
    double usersWithout,
    double conversionsWithout,
    double removalEffect,
    Interval removalInterval) {
  private static final int RECOUNTS = 200;

  /**
   * Of each step that enough users have.
   *
   * @param fewest users
   * @param seed of the recounts
   */
  public static List<StepValue> of(Paths paths, int fewest, long seed) {
    double[][] with = new double[paths.steps()][2];
    double[] all = new double[2];
    for (int p = 0; p < paths.courses().size(); p++) {
      add(all, paths, p);
      for (int step : paths.distinct(p)) {
        add(with[step], paths, p);
      }
    }
    int[] told = IntStream.range(0, with.length).filter(step -> with[step][0] >= fewest).toArray();
    MarkovChain chain = new MarkovChain(paths, 1);
    double[] effects = chain.solve(paths.converting(), paths.others(), told).removalEffects();
    double[][] recounted = new double[paths.steps()][RECOUNTS];
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
            step ->
                new StepValue(
                    step,
                    with[step][0],
                    with[step][1],
                    all[0] - with[step][0],
                    all[1] - with[step][1],
                    effects[step],
                    Interval.of(recounted[step])))
        .toList();
  }

  /** Adds to users and conversions. */
  private static void add(double[] sums, Paths paths, int path) {
    sums[0] += paths.converting()[path] + paths.others()[path];
    sums[1] += paths.converting()[path];
  }
}
