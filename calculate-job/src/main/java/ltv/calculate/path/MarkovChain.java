package ltv.calculate.path;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * Journeys as a Markov chain whose states are the last steps taken, up to the order (Anderl,
 * Becker, von Wangenheim and Schumann, Mapping the customer journey, 2016). A step's removal effect
 * is the share of conversions that are lost when every journey ends where it would have taken the
 * step. Solved exactly; what states there are is worked out once for any number of recounts.
 */
public final class MarkovChain {
  private static final int HIGHEST_ORDER = 4;
  private static final int MOST_AT_ONCE = 1000;
  private static final int CONVERSION = -1;
  private static final int END = -2;
  private static final int NO_STEP = -3;

  private final int steps;
  private final int order;

  /** The last step of each state; the start, state 0, has none. */
  private final List<Integer> lastSteps = new ArrayList<>(List.of(-1));

  private final List<int[]> ways = new ArrayList<>();
  private final int[][] waysOfPaths;

  /**
   * Finds the states of the paths.
   *
   * @param order how many of the last steps decide what comes next, 1 to 4
   */
  public MarkovChain(Paths paths, int order) {
    if (order < 1 || order > HIGHEST_ORDER) {
      throw new IllegalArgumentException("the order is 1 to 4, not " + order);
    }
    this.steps = paths.steps();
    this.order = order;
    this.waysOfPaths = new int[paths.courses().size()][];
    Map<List<Integer>, Integer> states = new HashMap<>(Map.of(List.of(), 0));
    Map<Long, Integer> known = new HashMap<>();
    for (int p = 0; p < waysOfPaths.length; p++) {
      int[] course = paths.courses().get(p);
      int[] taken = new int[course.length + 2];
      List<Integer> last = List.of();
      int from = 0;
      for (int i = 0; i < course.length; i++) {
        List<Integer> next =
            new ArrayList<>(last.subList(last.size() < order ? 0 : 1, last.size()));
        next.add(course[i]);
        last = next;
        int to = state(states, next);
        taken[i] = way(known, from, to);
        from = to;
      }
      taken[course.length] = way(known, from, CONVERSION);
      taken[course.length + 1] = way(known, from, END);
      waysOfPaths[p] = taken;
    }
  }

  private int state(Map<List<Integer>, Integer> states, List<Integer> last) {
    return states.computeIfAbsent(
        last,
        key -> {
          lastSteps.add(key.get(key.size() - 1));
          return lastSteps.size() - 1;
        });
  }

  private int way(Map<Long, Integer> known, int from, int to) {
    return known.computeIfAbsent(
        ((long) from << Integer.SIZE) | (to & 0xFFFFFFFFL),
        key -> {
          ways.add(new int[] {from, to});
          return ways.size() - 1;
        });
  }

  /** How many states there are, with the start. */
  public int states() {
    return lastSteps.size();
  }

  /**
   * Probabilities with such numbers of journeys, and the removal effects of all steps.
   *
   * @param converting journeys of each path that ended at the target
   * @param others journeys of each path that did not
   */
  public Solved solve(double[] converting, double[] others) {
    return solve(converting, others, IntStream.range(0, steps).toArray());
  }

  /** The same with the removal effects of these steps, of others perhaps 0. */
  Solved solve(double[] converting, double[] others, int[] wanted) {
    double[] weights = new double[ways.size()];
    for (int p = 0; p < waysOfPaths.length; p++) {
      int[] taken = waysOfPaths[p];
      double journeys = converting[p] + others[p];
      for (int i = 0; i < taken.length - 2; i++) {
        weights[taken[i]] += journeys;
      }
      weights[taken[taken.length - 2]] += converting[p];
      weights[taken[taken.length - 1]] += others[p];
    }
    return order == 1 && states() <= MOST_AT_ONCE ? atOnce(weights) : each(weights, wanted);
  }

  /** With one state for each step all effects come of one matrix. */
  private Solved atOnce(double[] weights) {
    double[] totals = new double[states()];
    for (int w = 0; w < weights.length; w++) {
      totals[ways.get(w)[0]] += weights[w];
    }
    double[][] probabilities = new double[states()][states()];
    double[] converts = new double[states()];
    for (int w = 0; w < weights.length; w++) {
      int from = ways.get(w)[0];
      int to = ways.get(w)[1];
      double probability = weights[w] > 0 ? weights[w] / totals[from] : 0;
      if (to == CONVERSION) {
        converts[from] = probability;
      } else if (to != END) {
        probabilities[from][to] = probability;
      }
    }
    Fundamental chain = new Fundamental(probabilities, converts);
    double conversion = chain.conversion(0);
    double[] effects = new double[steps];
    for (int state = 1; state < states() && conversion > 0; state++) {
      effects[lastSteps.get(state)] = chain.removalEffect(state);
    }
    return new Solved(conversion, effects);
  }

  private Solved each(double[] weights, int[] wanted) {
    double conversion = conversion(weights, NO_STEP);
    double[] effects = new double[steps];
    for (int step : wanted) {
      if (conversion > 0 && lastSteps.contains(step)) {
        effects[step] = Math.max(0, 1 - conversion(weights, step) / conversion);
      }
    }
    return new Solved(conversion, effects);
  }

  /** Without a step that is taken out. */
  private double conversion(double[] weights, int removed) {
    Elimination chain = new Elimination(states());
    for (int w = 0; w < weights.length; w++) {
      int from = ways.get(w)[0];
      int to = ways.get(w)[1];
      if (to == CONVERSION) {
        chain.converts(from, weights[w]);
      } else if (to == END || lastSteps.get(to) == removed) {
        chain.ends(from, weights[w]);
      } else {
        chain.way(from, to, weights[w]);
      }
    }
    return chain.conversion();
  }

  /**
   * What the chain says.
   *
   * @param conversion the probability that a journey converts
   * @param removalEffects of each step, 0 to 1; of a step that nobody takes 0
   */
  public record Solved(double conversion, double[] removalEffects) {
    /** Of what there is to split, what each step gets: in proportion to removal effects. */
    public double[] credit(double amount) {
      double sum = Arrays.stream(removalEffects).sum();
      return Arrays.stream(removalEffects)
          .map(effect -> sum > 0 ? amount * effect / sum : 0)
          .toArray();
    }
  }
}
