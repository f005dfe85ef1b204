package ltv.calculate.posterior;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.Random;
import java.util.stream.DoubleStream;
import org.hipparchus.distribution.continuous.ChiSquaredDistribution;
import org.hipparchus.random.RandomDataGenerator;
import org.junit.jupiter.api.Test;

class CampaignLevelsTest {
  private static final Sampler SHORT = new Sampler(4, 300, 500, .9);
  private static final int[] ONE = {0};

  private static CampaignLevels one(double paid, double expected, double variance) {
    return CampaignLevels.of(
        ONE, new double[] {paid}, new double[] {expected}, new double[] {variance});
  }

  private static void assertMean(double expected, Posterior posterior, int quantity) {
    double error = posterior.deviation(quantity) / Math.sqrt(posterior.bulk(quantity));
    assertEquals(expected, posterior.mean(quantity), 4 * error, posterior.names().get(quantity));
  }

  private static void assertNumbers(Posterior posterior) {
    for (int i = 0; i < posterior.names().size(); i++) {
      String name = posterior.names().get(i);
      assertTrue(posterior.quantile(i, 0) > 0, name);
      assertTrue(posterior.quantile(i, 1) < Double.POSITIVE_INFINITY, name);
      assertTrue(posterior.mean(i) < Double.POSITIVE_INFINITY, name);
      assertTrue(posterior.deviation(i) < Double.POSITIVE_INFINITY, name);
      assertTrue(posterior.rHat(i) < 1.05, name);
    }
    assertEquals(0, posterior.divergences());
  }

  @Test
  void gradients_are_those_of_differences() {
    Random random = new Random(1);
    LevelTree tree =
        CampaignLevels.of(
                new int[] {0, 0, 0, 1, 1, 1, 1, 3},
                new double[] {90, 1.5, 0, -7, 1e5, 0, 3, 20},
                new double[] {100, 4, 10, 12, 5e4, 0, 0, 40},
                new double[] {80, 30, 50, 9, 3e5, 0, 1, 100})
            .tree();
    for (int n = 0; n < 20; n++) {
      double[] at =
          DoubleStream.generate(() -> 3 * random.nextDouble() - 1.5)
              .limit(tree.parameters())
              .toArray();
      double[] slope = new double[at.length];
      tree.at(at, slope);
      for (int i = 0; i < at.length; i++) {
        double[] up = at.clone();
        double[] down = at.clone();
        up[i] += 1e-5;
        down[i] -= 1e-5;
        double[] unused = new double[at.length];
        double difference = (tree.at(up, unused) - tree.at(down, unused)) / 2e-5;
        assertEquals(difference, slope[i], 1e-5 * Math.max(1, Math.abs(difference)), "of " + i);
      }
    }
  }

  /** Sums over all levels and deviations: the mean level, and the mean deviation of campaigns. */
  private static double[] summed(double paid, double expected, double variance) {
    double[] sums = new double[3];
    for (double tau = .02; tau < 2.5; tau += .04) {
      for (double sigma = .02; sigma < 2.5; sigma += .04) {
        double spread = Math.sqrt(1 + tau * tau + sigma * sigma);
        double prior = Math.exp(-2 * (tau * tau + sigma * sigma)) / spread;
        for (double x = -8; x < 5; x += .02) {
          double level = Math.exp(x);
          double mean = expected * level;
          double data =
              Math.pow(level, Math.max(0, paid) * expected / variance)
                  * Math.exp(-mean * expected / variance);
          double weight = prior * Math.exp(-x * x / spread / spread / 2) * data;
          sums[0] += weight;
          sums[1] += weight * level;
          sums[2] += weight * tau;
        }
      }
    }
    return new double[] {sums[1] / sums[0], sums[2] / sums[0]};
  }

  @Test
  void of_one_campaign_the_posterior_is_that_of_sums_over_its_density() {
    double[][] known = {{13, 10, 2}, {30, 10, 50}, {0, 10, 20}, {-5, 10, 20}};
    for (double[] k : known) {
      double[] means = summed(k[0], k[1], k[2]);
      CampaignLevels levels = one(k[0], k[1], k[2]);

      Posterior posterior = levels.draw(Sampler.USUAL, 3);

      assertTrue(posterior.trusted(), () -> posterior.doubts().toString());
      assertMean(means[0], posterior, levels.campaign(0));
      assertMean(means[1], posterior, levels.tau());
    }
  }

  @Test
  void where_nothing_is_expected_only_what_was_believed_is_known() {
    CampaignLevels levels =
        CampaignLevels.of(new int[] {0, 1}, new double[] {5, 0}, new double[2], new double[2]);

    Posterior posterior = levels.draw(Sampler.USUAL, 1);

    assertNumbers(posterior);
    double halfNormal = .5 * Math.sqrt(2 / Math.PI);
    assertMean(halfNormal, posterior, levels.tau());
    assertMean(halfNormal, posterior, levels.sigma());
    assertEquals(1, posterior.quantile(levels.all(), .5), .1);
    assertEquals(Math.exp(1.2816), posterior.quantile(levels.all(), .9), .4);
    assertEquals(1, posterior.quantile(levels.campaign(0), .5), .15);
  }

  @Test
  void a_large_campaign_is_believed_and_a_small_one_is_as_its_channel() {
    int[] channels = new int[21];
    double[] expected = new double[21];
    Arrays.fill(expected, 1_000);
    double[] paid = DoubleStream.iterate(960, p -> p + 4).limit(21).toArray();
    double[] variances = expected.clone();
    paid[19] = 2_000_000; // twice of what was expected, of a large one and of a small one
    expected[19] = variances[19] = 1_000_000;
    paid[20] = 2;
    expected[20] = 1;
    variances[20] = 50;
    CampaignLevels levels = CampaignLevels.of(channels, paid, expected, variances);

    Posterior posterior = levels.draw(Sampler.USUAL, 1);

    assertTrue(posterior.trusted(), () -> posterior.doubts().toString());
    assertEquals(2, posterior.mean(levels.campaign(19)), .005);
    assertEquals(.0014, posterior.deviation(levels.campaign(19)), .0002);
    double channel = posterior.mean(levels.channel(0));
    assertEquals(channel, posterior.mean(levels.campaign(20)), .05);
    assertTrue(posterior.deviation(levels.campaign(20)) > .1);
  }

  @Test
  void money_in_another_unit_gives_the_same_draws() {
    double[] paid = {90, 0, 40};
    double[] expected = {100, 3, 50};
    double[] variances = {300, 20, 100};
    int[] channels = {0, 0, 1};
    double unit = 1024; // which rounds nothing

    Posterior own = CampaignLevels.of(channels, paid, expected, variances).draw(SHORT, 1);
    Posterior other =
        CampaignLevels.of(
                channels,
                DoubleStream.of(paid).map(x -> x * unit).toArray(),
                DoubleStream.of(expected).map(x -> x * unit).toArray(),
                DoubleStream.of(variances).map(x -> x * unit * unit).toArray())
            .draw(SHORT, 1);

    for (int i = 0; i < own.names().size(); i++) {
      assertArrayEquals(own.draws(i), other.draws(i), "bit by bit");
    }
  }

  @Test
  void nothing_paid_and_refunds_are_numbers_and_tell_of_low_levels() {
    double[] expected = {1, 10, 100, 1e6};
    double[] variances = {20, 200, 2_000, 2e7};
    for (double refund : new double[] {0, 1}) {
      double[] paid = {-refund, -30 * refund, -100 * refund, -1e5 * refund};
      CampaignLevels levels = CampaignLevels.of(new int[4], paid, expected, variances);

      Posterior posterior = levels.draw(SHORT, 1);

      assertNumbers(posterior);
      assertTrue(posterior.quantile(levels.campaign(3), .9) < .001);
      for (int c = 0; c < 3; c++) {
        double high = posterior.quantile(levels.campaign(c), .9);
        assertTrue(high < .1 && high > posterior.quantile(levels.campaign(3), .9), c + ": " + high);
      }
    }
    CampaignLevels refunded = one(-100, 100, 2_000);
    CampaignLevels paid = one(100, 100, 2_000);
    assertTrue(refunded.draw(SHORT, 1).mean(0) < .5 * paid.draw(SHORT, 1).mean(0));
  }

  @Test
  void few_and_extreme_campaigns_are_numbers() {
    assertNumbers(one(1e9, 1, 1e3).draw(SHORT, 1));
    assertNumbers(one(1e-9, 1, 1e3).draw(SHORT, 1));
    assertNumbers(one(1e6, 1e6, 1e-3).draw(SHORT, 1));
    CampaignLevels none =
        CampaignLevels.of(new int[0], new double[0], new double[0], new double[0]);
    Posterior posterior = none.draw(SHORT, 1);
    assertNumbers(posterior);
    assertEquals(3, posterior.names().size());
    CampaignLevels last =
        CampaignLevels.of(new int[] {2}, new double[] {3}, new double[] {2}, new double[] {1});
    assertEquals("channel 2", last.draw(SHORT, 1).names().get(last.channel(2)));
  }

  @Test
  void what_cannot_be_a_campaign_is_refused() {
    IllegalArgumentException refused =
        assertThrows(IllegalArgumentException.class, () -> one(3, 2, 0));
    assertEquals(
        "campaign 0 of channel 0: paid 3.0 of 2.0, variance 0.0; all must be finite, the channel"
            + " and what is expected at least 0, the variance above 0",
        refused.getMessage());
    assertThrows(IllegalArgumentException.class, () -> one(Double.NaN, 0, 0));
    assertThrows(IllegalArgumentException.class, () -> one(3, -1, 1));
    assertThrows(
        IllegalArgumentException.class,
        () -> CampaignLevels.of(new int[] {-1}, new double[1], new double[] {1}, new double[] {1}));
  }

  /**
   * Simulation-based calibration (Talts and others 2018, arXiv 1804.06788): where the truth is
   * drawn from what is believed and the data from the truth, its rank among the draws is uniform.
   */
  @Test
  void ranks_of_the_truth_among_draws_are_uniform() {
    int worlds = 100;
    int bins = 10;
    int every = 10;
    Sampler sampler = new Sampler(1, 300, 99 * every, .9);
    RandomDataGenerator random = new RandomDataGenerator(7);
    int[] channels = {0, 0, 0, 0, 1, 1, 1, 1, 2, 2, 2, 2};
    int[][] ranks = new int[4][bins];
    int divergences = 0;
    for (int w = 0; w < worlds; w++) {
      double tau = Math.abs(.5 * random.nextNormal(0, 1));
      double sigma = Math.abs(.5 * random.nextNormal(0, 1));
      double m = random.nextNormal(0, 1);
      double[] of =
          DoubleStream.generate(() -> m + sigma * random.nextNormal(0, 1)).limit(3).toArray();
      double[] levels = new double[12];
      double[] paid = new double[12];
      double[] expected = new double[12];
      double[] variances = new double[12];
      for (int c = 0; c < 12; c++) {
        levels[c] = Math.exp(of[channels[c]] + tau * random.nextNormal(0, 1));
        expected[c] = Math.exp(1.5 * random.nextNormal(0, 1));
        variances[c] = expected[c] / 5;
        double mean = expected[c] * levels[c];
        double unit = variances[c] / expected[c];
        paid[c] = unit * random.nextPoisson(mean / unit);
      }
      CampaignLevels model = CampaignLevels.of(channels, paid, expected, variances);
      Posterior posterior = model.draw(sampler, w);
      divergences += posterior.divergences();
      double[] truths = {Math.exp(m), tau, sigma, levels[0]};
      int[] places = {model.all(), model.tau(), model.sigma(), model.campaign(0)};
      for (int q = 0; q < truths.length; q++) {
        double[] draws = posterior.draws(places[q])[0];
        int rank = 0;
        for (int i = every - 1; i < draws.length; i += every) {
          rank += draws[i] < truths[q] ? 1 : 0;
        }
        ranks[q][rank * bins / 100]++;
      }
    }

    for (int[] histogram : ranks) {
      double even = (double) worlds / bins;
      double sum = Arrays.stream(histogram).mapToDouble(n -> (n - even) * (n - even) / even).sum();
      double chance = 1 - new ChiSquaredDistribution(bins - 1).cumulativeProbability(sum);
      assertTrue(chance > .001, Arrays.toString(histogram));
    }
    assertTrue(divergences <= worlds, divergences + " divergences");
  }
}
