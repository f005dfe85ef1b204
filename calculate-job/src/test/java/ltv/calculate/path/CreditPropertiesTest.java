package ltv.calculate.path;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Function;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.hipparchus.linear.Array2DRowRealMatrix;
import org.hipparchus.linear.ArrayRealVector;
import org.hipparchus.linear.LUDecomposition;
import org.hipparchus.linear.RealVector;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** What holds of every credit, on random paths. */
class CreditPropertiesTest {
  private static final int WORLDS = 100;
  private static final int STEPS = 6;
  private static final int USED = 5;
  private static final int PATHS = 40;
  private static final double NEAR = 1e-9;

  @TestFactory
  Stream<DynamicTest> properties() {
    return models().entrySet().stream()
        .map(
            model ->
                DynamicTest.dynamicTest(
                    model.getKey(),
                    () -> {
                      for (int world = 1; world <= WORLDS; world++) {
                        holds(new Random(world), model.getValue());
                      }
                    }));
  }

  private static Map<String, Function<Paths, double[]>> models() {
    Map<String, Function<Paths, double[]>> models = new LinkedHashMap<>();
    for (Rule rule : Rule.values()) {
      models.put(rule.name(), p -> rule.credit(p, Journeys.ages(p), p.converting()));
    }
    models.put("SHAPLEY", p -> Shapley.credit(p, p.converting()));
    for (int order = 1; order <= 4; order++) {
      int k = order;
      models.put(
          "MARKOV " + order,
          p ->
              new MarkovChain(p, k)
                  .solve(p.converting(), p.others())
                  .credit(Arrays.stream(p.converting()).sum()));
    }
    return models;
  }

  private static void holds(Random chance, Function<Paths, double[]> model) {
    Paths paths = Journeys.drawn(chance, STEPS, USED, PATHS);
    double[] credit = model.apply(paths);

    double conversions = Arrays.stream(paths.converting()).sum();
    assertEquals(conversions, Arrays.stream(credit).sum(), NEAR, "efficiency");
    assertEquals(0, credit[STEPS - 1], "nobody takes the last step");
    assertTrue(Arrays.stream(credit).allMatch(c -> c >= 0), "no credit is negative");

    List<Integer> names = new ArrayList<>(IntStream.range(0, STEPS).boxed().toList());
    Collections.shuffle(names, chance);
    double[] renamed = model.apply(renamed(paths, names));
    for (int step = 0; step < STEPS; step++) {
      assertEquals(credit[step], renamed[names.get(step)], NEAR, "symmetry");
    }

    List<Integer> order = new ArrayList<>(IntStream.range(0, PATHS).boxed().toList());
    Collections.shuffle(order, chance);
    assertArrayEquals(credit, model.apply(ordered(paths, order)), NEAR, "order of paths");
  }

  private static Paths renamed(Paths paths, List<Integer> names) {
    return new Paths(
        STEPS,
        paths.courses().stream()
            .map(course -> Arrays.stream(course).map(names::get).toArray())
            .toList(),
        paths.converting(),
        paths.others());
  }

  private static Paths ordered(Paths paths, List<Integer> order) {
    return new Paths(
        STEPS,
        order.stream().map(paths.courses()::get).toList(),
        order.stream().mapToDouble(p -> paths.converting()[p]).toArray(),
        order.stream().mapToDouble(p -> paths.others()[p]).toArray());
  }

  /** Zhao, Mahboobi and Bagheri's closed form is Shapley's formula over all sets. */
  @Test
  void the_closed_form_is_the_average_over_all_orders_of_arrival() {
    Paths paths = Journeys.drawn(new Random(7), USED, USED, PATHS);

    double[] average = new double[USED];
    List<List<Integer>> orders = orders(IntStream.range(0, USED).boxed().toList());
    for (List<Integer> order : orders) {
      for (int i = 0; i < USED; i++) {
        double more = earned(paths, order.subList(0, i + 1)) - earned(paths, order.subList(0, i));
        average[order.get(i)] += more / orders.size();
      }
    }

    assertArrayEquals(average, Shapley.credit(paths, paths.converting()), NEAR);
  }

  private static double earned(Paths paths, List<Integer> coalition) {
    return IntStream.range(0, PATHS)
        .filter(p -> Arrays.stream(paths.courses().get(p)).allMatch(coalition::contains))
        .mapToDouble(p -> paths.converting()[p])
        .sum();
  }

  private static List<List<Integer>> orders(List<Integer> of) {
    if (of.isEmpty()) {
      return List.of(List.of());
    }
    List<List<Integer>> orders = new ArrayList<>();
    for (Integer first : of) {
      for (List<Integer> rest : orders(of.stream().filter(i -> !i.equals(first)).toList())) {
        orders.add(Stream.concat(Stream.of(first), rest.stream()).toList());
      }
    }
    return orders;
  }

  /** A chain of order 1 on whose every path each step stands alone ends as often as it did. */
  @Test
  void a_chain_converts_as_many_as_the_journeys_did() {
    for (int world = 1; world <= WORLDS; world++) {
      Paths paths = Journeys.drawn(new Random(world), STEPS, USED, PATHS);
      double converting = Arrays.stream(paths.converting()).sum();
      double all = converting + Arrays.stream(paths.others()).sum();
      for (int order = 1; order <= 4; order++) {
        MarkovChain.Solved solved =
            new MarkovChain(paths, order).solve(paths.converting(), paths.others());
        assertEquals(converting / all, solved.conversion(), NEAR);
      }
    }
  }

  @Test
  void elimination_is_what_a_dense_solver_says() {
    Random chance = new Random(1);
    for (int states : new int[] {2, 13, 125, 967, 2100}) {
      Elimination chain = new Elimination(states);
      Array2DRowRealMatrix a = new Array2DRowRealMatrix(states, states);
      ArrayRealVector converts = new ArrayRealVector(states);
      for (int from = 0; from < states; from++) {
        double[] weights = chance.doubles(5).toArray();
        double sum = Arrays.stream(weights).sum();
        a.addToEntry(from, from, 1);
        chain.converts(from, weights[0]);
        converts.setEntry(from, weights[0] / sum);
        chain.ends(from, weights[1]);
        for (int way = 2; way < weights.length; way++) {
          int to = 1 + chance.nextInt(states - 1);
          if (to == from) {
            chain.ends(from, weights[way]);
          } else {
            chain.way(from, to, weights[way]);
            a.addToEntry(from, to, -weights[way] / sum);
          }
        }
      }

      double expected = states > 1000 ? swept(a, converts) : lu(a, converts);
      assertEquals(expected, chain.conversion(), 1e-12, states + " states");
    }
  }

  private static double lu(Array2DRowRealMatrix a, ArrayRealVector converts) {
    return new LUDecomposition(a).getSolver().solve(converts).getEntry(0);
  }

  /** Jacobi's iteration: what a decomposition says takes minutes of so many states. */
  private static double swept(Array2DRowRealMatrix a, ArrayRealVector converts) {
    RealVector x = converts;
    for (int i = 0; i < 200; i++) {
      x = converts.add(x.subtract(a.operate(x)));
    }
    return x.getEntry(0);
  }

  /** One matrix says what taking out one step after the other does. */
  @Test
  void the_fundamental_matrix_agrees_with_elimination() {
    for (int world = 1; world <= WORLDS; world++) {
      Paths paths = Journeys.drawn(new Random(world), STEPS, USED, PATHS);
      MarkovChain.Solved solved =
          new MarkovChain(paths, 1).solve(paths.converting(), paths.others());
      for (int step = 0; step < USED; step++) {
        int removed = step;
        double[] converting = paths.converting().clone();
        double[][] weights = new double[STEPS + 1][STEPS + 2];
        for (int p = 0; p < PATHS; p++) {
          int from = 0;
          for (int to : paths.courses().get(p)) {
            weights[from][to == removed ? 0 : to + 1] += converting[p] + paths.others()[p];
            from = to + 1;
          }
          weights[from][STEPS + 1] += converting[p];
          weights[from][0] += paths.others()[p];
        }
        Elimination chain = new Elimination(STEPS + 1);
        for (int from = 0; from <= STEPS; from++) {
          chain.ends(from, weights[from][0]);
          chain.converts(from, weights[from][STEPS + 1]);
          for (int to = 1; to <= STEPS; to++) {
            chain.way(from, to, weights[from][to]);
          }
        }
        double without = chain.conversion();
        assertEquals(1 - without / solved.conversion(), solved.removalEffects()[step], NEAR);
      }
    }
  }

  @Test
  void a_loop_that_is_never_left_converts_nobody_and_a_rare_exit_loses_no_digit() {
    Elimination never = new Elimination(3);
    never.way(0, 1, 1);
    never.way(1, 2, 1);
    never.way(2, 1, 1);
    never.converts(0, 1);
    assertEquals(.5, never.conversion());

    Elimination rarely = new Elimination(3);
    rarely.way(0, 1, 1);
    rarely.way(1, 2, 1e20);
    rarely.way(2, 1, 1e20);
    rarely.converts(1, 3);
    rarely.ends(2, 1);
    assertEquals(.75, rarely.conversion(), 1e-15);
  }

  @Test
  void nobody_converts_and_nothing_is_split() {
    Paths paths = new Journeys().path("a>b", 0, 3).of(2);

    MarkovChain.Solved solved = new MarkovChain(paths, 2).solve(paths.converting(), paths.others());

    assertEquals(0, solved.conversion());
    assertArrayEquals(new double[2], solved.credit(0));
  }

  @Test
  void what_rounding_leaves_is_given_away_to_the_last_unit() {
    Random chance = new Random(3);
    for (int world = 0; world < WORLDS; world++) {
      double[] parts = chance.doubles(1 + chance.nextInt(30)).map(x -> x < .2 ? 0 : x).toArray();
      parts[0] = 1;
      BigDecimal total = new BigDecimal(chance.nextLong(1L << 60)).movePointLeft(4);

      List<BigDecimal> split = Split.of(total, parts);

      assertEquals(0, total.compareTo(split.stream().reduce(BigDecimal.ZERO, BigDecimal::add)));
      IntStream.range(0, parts.length)
          .filter(i -> parts[i] == 0)
          .forEach(i -> assertEquals(0, split.get(i).signum()));
    }
    assertEquals(
        List.of(new BigDecimal("0.3334"), new BigDecimal("0.3333"), new BigDecimal("0.3333")),
        Split.of(BigDecimal.ONE, new double[] {5, 5, 5}));
  }
}
