package ltv.calculate.posterior;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

class ConvergenceTest {
  private interface Draw {
    double of(int chain, int time, double x);
  }

  /**
   * What ArviZ 0.22.0 finds ({@code rhat(method="rank")}, {@code ess(method="bulk")} and {@code
   * "tail"}) in four chains of draws by {@link Random} of seed 1.
   *
   * @param carry how much of a draw goes into the next
   */
  private record Case(
      String name, int draws, double carry, Draw draw, double rHat, double bulk, double tail) {
    double[][] chains() {
      Random random = new Random(1);
      double[][] chains = new double[4][draws];
      for (int c = 0; c < chains.length; c++) {
        double x = 0;
        for (int t = 0; t < draws; t++) {
          x = carry * x + random.nextDouble() - .5;
          chains[c][t] = draw.of(c, t, x);
        }
      }
      return chains;
    }
  }

  @TestFactory
  Stream<DynamicTest> figures_are_those_of_arviz() {
    Draw same = (c, t, x) -> x;
    return Stream.of(
            new Case(
                "independent", 250, 0, same, .9979081953616732, 1148.22395349298, 1035.7027795),
            new Case("slow", 250, .9, same, 1.0285718567209245, 63.23786766198, 118.76902532),
            new Case("to and fro", 250, -.5, same, .9986835249178436, 3000, 925.0896807064),
            new Case("odd", 251, .5, same, 1.002717243196008, 344.4750124037, 611.3632928006),
            new Case(
                "one apart",
                250,
                .5,
                (c, t, x) -> c == 3 ? x + .5 : x,
                1.2155298238443877,
                14.5746493615,
                63.2117959670),
            new Case(
                "one wider",
                250,
                .5,
                (c, t, x) -> c == 3 ? 3 * x : x,
                1.1829873657359005,
                399.3392231263,
                33.4629256725),
            new Case(
                "on its way",
                250,
                0,
                (c, t, x) -> x + t / 250.,
                1.2804458896348654,
                10.7531617404,
                101.5289983422),
            new Case(
                "far out",
                250,
                .5,
                (c, t, x) -> 1 / x,
                1.0132648589553617,
                804.6908378957,
                978.8590655788),
            new Case(
                "alike",
                250,
                .5,
                (c, t, x) -> Math.floor(4 * x),
                1.0045249566475538,
                370.7502843274,
                564.6026837267),
            new Case("few", 8, .3, same, 1.0520495271789447, 48.1647993062, 48.1647993062))
        .map(
            known ->
                DynamicTest.dynamicTest(
                    known.name,
                    () -> {
                      double[][] chains = known.chains();
                      assertEquals(known.rHat, Convergence.rHat(chains), 1e-10);
                      assertEquals(known.bulk, Convergence.bulk(chains), 1e-8 * known.bulk);
                      assertEquals(known.tail, Convergence.tail(chains), 1e-8 * known.tail);
                    }));
  }

  @Test
  void eight_draws_by_hand() {
    // halves of means 1/4 and 1/2, variances 1/4 and 1/3: within 7/24, of all 7/24 * 3/4 + 1/32
    double[][] chains = {{0, 0, 0, 1, 0, 0, 1, 1}};

    assertEquals(Math.sqrt(6 / 7.), Convergence.rHat(chains), 1e-12);
    // too few for autocorrelations, so the largest number that is allowed
    assertEquals(8 * Math.log10(8), Convergence.bulk(chains), 1e-12);
  }

  @Test
  void what_never_moves_tells_nothing() {
    double[][] stuck = new double[2][100];
    double[][] apart = new double[2][100];
    for (int c = 0; c < 2; c++) {
      Arrays.fill(stuck[c], .1);
      Arrays.fill(apart[c], .1 + c);
    }

    assertEquals(Double.POSITIVE_INFINITY, Convergence.rHat(stuck));
    assertEquals(0, Convergence.bulk(stuck));
    assertEquals(0, Convergence.tail(stuck));
    assertTrue(Convergence.rHat(apart) > 1e6);
    assertTrue(Convergence.bulk(apart) < 10);
    assertTrue(Convergence.tail(apart) < 10);
  }
}
