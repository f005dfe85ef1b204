package ltv.calculate.path;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class StepValueTest {
  private static final int WORLDS = 20;
  private static final int STEPS = 6;
  private static final int CRITICAL = 2;
  private static final int DECOY = 4;

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
  void paths_of_one_length_have_the_plain_risk_ratio() {
    Paths paths = new Journeys().path("a", 30, 70).path("b", 20, 180).of(2);

    StepLift lift = StepLift.of(paths)[0];

    assertEquals(3, lift.lift(), 1e-12);
    double spread = Interval.Z * Math.sqrt(1 / 30.0 - 1 / 100.0 + 1 / 20.0 - 1 / 200.0);
    assertInterval(3 / Math.exp(spread), 3 * Math.exp(spread), lift.interval(), 1e-9);
  }

  /** Long paths convert oftener and have more of everything: 20 % and 60 % with a as without. */
  @Test
  void length_alone_is_no_lift() {
    Paths paths =
        new Journeys()
            .path("a", 2, 8)
            .path("b", 20, 80)
            .path("a>b", 60, 40)
            .path("c>b", 6, 4)
            .of(3);

    StepLift a = StepLift.of(paths)[0];

    assertEquals(62 / 110.0, a.conversions() / a.users(), 1e-12);
    assertEquals(26 / 110.0, a.conversionsWithout() / a.usersWithout(), 1e-12);
    assertEquals(1, a.lift(), 1e-12);
  }

  @Test
  void where_nobody_converts_or_everybody_has_the_step_there_is_no_lift() {
    assertTrue(
        Double.isNaN(StepLift.of(new Journeys().path("a", 0, 9).path("b", 1, 9).of(2))[0].lift()));
    assertTrue(Double.isNaN(StepLift.of(new Journeys().path("a", 5, 9).of(1))[0].lift()));
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

  /**
   * Twenty worlds in which one step makes a purchase likelier, and the busy, who buy oftener
   * anyway, take another one thrice as often.
   */
  @Test
  void the_planted_step_is_found_and_the_decoy_is_not() {
    int found = 0;
    int fooled = 0;
    for (int world = 1; world <= WORLDS; world++) {
      List<StepValue> values = StepValue.of(world(new Random(world)), 1, world);
      List<Integer> top =
          IntStream.range(0, STEPS)
              .boxed()
              .filter(s -> values.get(s).lift().interval().low() > 1)
              .sorted((s, t) -> Double.compare(lift(values, t), lift(values, s)))
              .limit(3)
              .toList();
      found += top.contains(CRITICAL) ? 1 : 0;
      fooled += top.contains(DECOY) ? 1 : 0;
    }
    assertTrue(found >= 18, "found in " + found);
    assertTrue(fooled <= 2, "fooled in " + fooled);
  }

  private static double lift(List<StepValue> values, int step) {
    return values.get(step).lift().lift();
  }

  private static Paths world(Random chance) {
    Journeys journeys = new Journeys();
    for (int user = 0; user < 4000; user++) {
      boolean busy = chance.nextDouble() < .3;
      int length = busy ? 3 + chance.nextInt(3) : 1 + chance.nextInt(3);
      List<String> path = new ArrayList<>();
      boolean critical = false;
      for (int i = 0; i < length; i++) {
        int step = busy && chance.nextDouble() < .3 ? DECOY : chance.nextInt(STEPS);
        critical |= step == CRITICAL;
        path.add(String.valueOf((char) ('a' + step)));
      }
      double converts = (busy ? .12 : .04) * (critical ? 2 : 1);
      boolean bought = chance.nextDouble() < converts;
      journeys.path(String.join(">", path), bought ? 1 : 0, bought ? 0 : 1);
    }
    return journeys.of(STEPS);
  }

  private static void assertInterval(double low, double high, Interval actual, double near) {
    assertEquals(low, actual.low(), near);
    assertEquals(high, actual.high(), near);
  }
}
