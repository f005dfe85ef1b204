package ltv.calculate.path;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

class StepValueTest {
  private static final int STEPS = 6;

  /**
   * Newcombe, Two-sided confidence intervals for the single proportion (1998), table I: method 3.
   */
  @Test
  void wilson_as_newcombe_prints_it() {
    assertInterval(.2553, .3662, Interval.wilson(81, 263), 1e-4);
    assertInterval(0, .1611, Interval.wilson(0, 20), 1e-4);
    assertInterval(.0061, .1718, Interval.wilson(1, 29), 1e-4);
  }

  /** One stratum is the plain risk ratio with Katz's interval. */
  @Test
  void visits_of_one_kind_have_the_plain_risk_ratio() {
    StepLift lift = StepLift.of(new double[][] {{100, 30}}, new double[][] {{300, 50}});

    assertEquals(3, lift.lift(), 1e-12);
    double spread = Interval.Z * Math.sqrt(1 / 30.0 - 1 / 100.0 + 1 / 20.0 - 1 / 200.0);
    assertInterval(3 / Math.exp(spread), 3 * Math.exp(spread), lift.interval(), 1e-9);
  }

  /**
   * Of the busy 60 %, of others 20 % convert, with the step as without; the busy have it oftener.
   */
  @Test
  void what_the_busy_do_is_no_lift() {
    StepLift lift =
        StepLift.of(new double[][] {{10, 2}, {100, 60}}, new double[][] {{110, 22}, {110, 66}});

    assertEquals(1, lift.lift(), 1e-12);
  }

  @Test
  void where_nobody_converts_or_everybody_has_the_step_there_is_no_lift() {
    assertTrue(Double.isNaN(StepLift.of(new double[][] {{9, 0}}, new double[][] {{19, 1}}).lift()));
    assertTrue(
        Double.isNaN(StepLift.of(new double[][] {{14, 5}}, new double[][] {{14, 5}}).lift()));
  }

  @Test
  void who_has_a_step_and_who_has_not() {
    StepValue a =
        StepValue.of(new Journeys().path("a>b>a", 3, 7).path("b", 1, 9).of(2), 1, 1).get(0);

    assertEquals(10, a.users());
    assertEquals(3, a.conversions());
    assertEquals(10, a.usersWithout());
    assertEquals(1, a.conversionsWithout());
  }

  /** Of many journeys to a path, and of few. */
  @Test
  void recounts_are_multinomial() {
    multinomial(new double[] {5, 0, 300, 45, 650}, -300 * 650 / 1000.0);
    double[] few = new double[1000];
    Arrays.fill(few, 1);
    few[2] = 3;
    few[3] = 0;
    few[4] = 0;
    multinomial(few, 0);
  }

  private static void multinomial(double[] counts, double covariance) {
    Recount recount = new Recount(counts, 1);
    int draws = 10_000;
    double[] sum = new double[counts.length];
    double[] squares = new double[counts.length];
    double together = 0;
    for (int d = 0; d < draws; d++) {
      double[] drawn = recount.next();
      assertEquals(1000, Arrays.stream(drawn).sum());
      for (int i = 0; i < counts.length; i++) {
        sum[i] += drawn[i];
        squares[i] += drawn[i] * drawn[i];
      }
      together += (drawn[2] - counts[2]) * (drawn[4] - counts[4]);
    }
    for (int i = 0; i < counts.length; i++) {
      double mean = sum[i] / draws;
      double variance = counts[i] * (1 - counts[i] / 1000);
      assertEquals(counts[i], mean, 5 * Math.sqrt(variance / draws) + 1e-9);
      assertEquals(variance, squares[i] / draws - mean * mean, .1 * variance + 1e-9);
    }
    assertEquals(covariance, together / draws, 15);
  }

  @Test
  void the_same_counts_and_seed_give_the_same_interval() {
    Paths paths = Journeys.drawn(new Random(5), STEPS, STEPS - 1, 50);

    assertEquals(StepValue.of(paths, 1, 1).toString(), StepValue.of(paths, 1, 1).toString());
    StepValue first = StepValue.of(paths, 1, 1).get(0);
    assertTrue(first.removalInterval().low() < first.removalEffect());
    assertTrue(first.removalInterval().high() > first.removalEffect());
  }

  private static void assertInterval(double low, double high, Interval actual, double near) {
    assertEquals(low, actual.low(), near);
    assertEquals(high, actual.high(), near);
  }
}
