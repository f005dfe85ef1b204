package ltv.calculate.model.development;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.Random;
import org.hipparchus.distribution.continuous.GammaDistribution;
import org.junit.jupiter.api.Test;

class CredibilityTest {
  @Test
  void the_variance_between_groups_is_found_beside_that_of_chance() {
    Random random = new Random(3);
    int groups = 40_000;
    double[] ratios = new double[groups];
    double[] within = new double[groups];
    for (int g = 0; g < groups; g++) {
      within[g] = .02 + random.nextDouble();
      ratios[g] = 1 + .3 * random.nextGaussian() + Math.sqrt(within[g]) * random.nextGaussian();
    }

    assertEquals(.09, Credibility.between(ratios, within, .5, 1), .01);
  }

  @Test
  void many_groups_of_which_little_is_known_do_not_outweigh_some_that_are_known() {
    Random random = new Random(5);
    int groups = 500;
    double[] ratios = new double[groups];
    double[] within = new double[groups];
    for (int g = 0; g < groups; g++) {
      within[g] = g < 50 ? .01 : 40;
      double noise = Math.sqrt(within[g]);
      // many pay nothing, and a few very much
      double chance = g < 50 ? noise * random.nextGaussian() : random.nextInt(41) == 0 ? 40 : -1;
      ratios[g] = 1 + .4 * random.nextGaussian() * (g < 50 ? 1 : 0) + chance;
    }

    assertEquals(.16, Credibility.between(ratios, within, .09, 4), .05);
  }

  @Test
  void groups_that_differ_by_chance_only_leave_the_less_to_believe_the_more_they_are() {
    assertTrue(Credibility.between(new double[] {.9, 1.1, 1}, equal(3, .1), .09, 4) < .09);
    assertEquals(0, Credibility.between(equal(100_000, 1), equal(100_000, .1), .09, 4), .01);
  }

  @Test
  void a_group_of_which_nothing_is_known_has_no_weight_and_tells_nothing() {
    double[] within = {Double.POSITIVE_INFINITY, .01};

    assertEquals(0, Credibility.weight(.1, within[0]));
    assertEquals(.1 / .11, Credibility.weight(.1, within[1]), 1e-12);
    assertEquals(
        Credibility.between(new double[] {1.5}, new double[] {.01}, .09, 4),
        Credibility.between(new double[] {3, 1.5}, within, .09, 4));
  }

  @Test
  void a_belief_counts_as_groups_do() {
    assertEquals(.09, Credibility.between(new double[0], new double[0], .09, 4), 1e-12);
    // four that are known nearly for sure and have a variance of 1
    assertEquals(
        (1 + .09) / 2,
        Credibility.between(new double[] {0, 2, 0, 2}, equal(4, 1e-9), .09, 4),
        1e-6);
  }

  private static double[] equal(int n, double value) {
    double[] values = new double[n];
    Arrays.fill(values, value);
    return values;
  }

  @Test
  void a_score_and_its_value_are_each_others_inverse() {
    for (double score : new double[] {-1, -.3, 0, .7, 2.5}) {
      double value = GammaScore.value(score, 1_000, 90_000);
      assertEquals(score, GammaScore.of(value, 1_000, 90_000), 1e-9);
    }
  }

  @Test
  void scores_are_nearly_those_of_a_gamma_distribution() {
    double mean = 50;
    double variance = 500;
    GammaDistribution gamma = new GammaDistribution(mean * mean / variance, variance / mean);

    assertEquals(
        gamma.inverseCumulativeProbability(.9), GammaScore.value(1.2815516, mean, variance), .2);
    assertEquals(
        gamma.inverseCumulativeProbability(.1), GammaScore.value(-1.2815516, mean, variance), .2);
  }

  @Test
  void a_sum_is_never_less_than_nothing_and_nothing_expected_is_nothing() {
    assertEquals(0, GammaScore.value(-5, 10, 400));
    assertEquals(0, GammaScore.value(3, 0, 0));
    assertTrue(GammaScore.of(0, 10, 400) < 0);
    assertTrue(GammaScore.of(-5, 10, 400) < GammaScore.of(0, 10, 400));
  }
}
