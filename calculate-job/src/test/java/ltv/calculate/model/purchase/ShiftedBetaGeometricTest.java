package ltv.calculate.model.purchase;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import ltv.calculate.model.Fit;
import ltv.calculate.model.Likelihood;
import org.hipparchus.special.Gamma;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

class ShiftedBetaGeometricTest {
  /**
   * Subscribers of Fader and Hardie 2007, of 1,000 after each of twelve years.
   *
   * @param parameters of the first seven years; the paper has three digits, an own check the others
   * @param errors of an own check
   * @param predicted of the last five years, as printed
   */
  private record Published(
      String name,
      long[] survivors,
      double[] parameters,
      double[] errors,
      double likelihood,
      double[] predicted,
      double mape) {}

  private static final int YEARS = 7;

  private static final Published HIGH_END =
      new Published(
          "High End",
          new long[] {869, 743, 653, 593, 551, 517, 491, 468, 445, 427, 409, 394},
          new double[] {.668088, 3.806095},
          new double[] {.10373493, .78553169},
          -1611.158147,
          new double[] {460.4, 435.8, 414.2, 395.1, 378.0},
          .028);

  private static final Published REGULAR =
      new Published(
          "Regular",
          new long[] {631, 468, 382, 326, 289, 262, 241, 223, 207, 194, 183, 173},
          new double[] {.704077, 1.182043},
          new double[] {.06559896, .15247563},
          -1680.265188,
          new double[] {220.1, 204.4, 191.2, 179.9, 170.0},
          .015);

  private static long[] left(long[] survivors, int years) {
    long[] left = new long[years];
    for (int k = 0; k < years; k++) {
      left[k] = (k == 0 ? 1_000 : survivors[k - 1]) - survivors[k];
    }
    return left;
  }

  private static long[] staying(long[] survivors, int years) {
    long[] staying = new long[years + 1];
    staying[years] = survivors[years - 1];
    return staying;
  }

  private static ShiftedBetaGeometric after(int years, long[] survivors) {
    return ShiftedBetaGeometric.of(left(survivors, years), staying(survivors, years));
  }

  private static ShiftedBetaGeometric given(double alpha, double beta) {
    return new ShiftedBetaGeometric(
        new Fit(new double[] {alpha, beta}, new double[2][2], 0, true, 0));
  }

  private static long[] sum(long[] a, long[] b) {
    long[] sum = Arrays.copyOf(a, Math.max(a.length, b.length));
    for (int i = 0; i < b.length; i++) {
      sum[i] += b[i];
    }
    return sum;
  }

  @TestFactory
  Stream<DynamicTest> subscribers_of_the_paper_give_its_parameters_and_predictions() {
    return Stream.of(HIGH_END, REGULAR)
        .map(
            published ->
                DynamicTest.dynamicTest(
                    published.name,
                    () -> {
                      ShiftedBetaGeometric model = after(YEARS, published.survivors);

                      Fit fit = model.fit();
                      for (int i = 0; i < 2; i++) {
                        double parameter = published.parameters[i];
                        assertEquals(parameter, fit.parameters()[i], 1e-4 * parameter);
                        double error = published.errors[i];
                        assertEquals(error, fit.standardErrors()[i], 1e-3 * error);
                      }
                      assertEquals(published.likelihood, fit.logLikelihood(), 1e-4);
                      assertTrue(fit.converged());
                      assertPredictions(published, model);
                    }));
  }

  private static void assertPredictions(Published published, ShiftedBetaGeometric model) {
    double error = 0;
    for (int i = 0; i < published.predicted.length; i++) {
      int year = YEARS + 1 + i;
      double predicted = 1_000 * model.survival(year);
      double actual = published.survivors[year - 1];
      assertEquals(published.predicted[i], predicted, .05, "year " + year);
      error += Math.abs(predicted - actual) / actual / published.predicted.length;
    }
    assertEquals(published.mape, error, .0005);
  }

  @Test
  void gradients_are_those_of_differences() {
    Random random = new Random(1);
    for (int n = 0; n < 20; n++) {
      Likelihood likelihood =
          ShiftedBetaGeometric.likelihood(
              random.longs(12, 0, 50).toArray(), random.longs(12, 0, 50).toArray());
      Gradients.assertThoseOfDifferences(likelihood, 2, random);
    }
  }

  @Test
  void the_likelihood_is_that_of_beta_functions() {
    long[] left = {5, 0, 3};
    long[] staying = {7, 2, 0, 4};
    double alpha = .7;
    double beta = 2.5;

    double sum = 0;
    for (int t = 1; t <= left.length; t++) {
      sum += left[t - 1] * (logBeta(alpha + 1, beta + t - 1) - logBeta(alpha, beta));
    }
    for (int t = 0; t < staying.length; t++) {
      sum += staying[t] * (logBeta(alpha, beta + t) - logBeta(alpha, beta));
    }
    // of 21 there are 14 at the first renewal, 7 at the second, and as many at the third
    Likelihood likelihood = ShiftedBetaGeometric.likelihood(left, new long[] {9, 7, 4});
    assertEquals(sum, likelihood.at(new double[] {alpha, beta}, new double[2]), 1e-9);
  }

  private static double logBeta(double a, double b) {
    return Gamma.logGamma(a) + Gamma.logGamma(b) - Gamma.logGamma(a + b);
  }

  @Test
  void cohorts_of_different_ages_are_pooled() {
    long[] young = staying(REGULAR.survivors, 3);
    long[] old = staying(REGULAR.survivors, YEARS);
    long[] left = sum(left(REGULAR.survivors, 3), left(REGULAR.survivors, YEARS));

    Fit pooled = ShiftedBetaGeometric.of(left, sum(young, old)).fit();

    double apart = 0;
    for (int years : new int[] {3, YEARS}) {
      apart +=
          ShiftedBetaGeometric.likelihood(
                  left(REGULAR.survivors, years), Arrays.copyOf(REGULAR.survivors, years))
              .at(pooled.parameters(), new double[2]);
    }
    assertEquals(apart, pooled.logLikelihood(), 1e-9);
    assertTrue(pooled.converged());
    assertEquals(REGULAR.parameters[0], pooled.parameters()[0], .05);
  }

  @Test
  void subscribers_in_two_groups_are_as_all_in_one() {
    long[] left = left(HIGH_END.survivors, YEARS);
    long[] staying = staying(HIGH_END.survivors, YEARS);
    long[] some = Arrays.stream(left).map(n -> n / 3).toArray();
    long[] others = new long[YEARS];
    Arrays.setAll(others, k -> left[k] - some[k]);
    long[] none = new long[YEARS + 1];

    Fit one = ShiftedBetaGeometric.of(left, staying).fit();
    Fit two = ShiftedBetaGeometric.of(sum(some, others), sum(none, staying)).fit();
    // nobody is known to have come to a renewal beyond
    Fit longer = ShiftedBetaGeometric.of(Arrays.copyOf(left, 20), Arrays.copyOf(staying, 30)).fit();
    // who has not come to a renewal yet says nothing
    staying[0] = 500;
    Fit withNew = ShiftedBetaGeometric.of(left, staying).fit();

    for (Fit other : List.of(two, longer, withNew)) {
      assertArrayEquals(one.parameters(), other.parameters(), "bit by bit");
      assertEquals(one.logLikelihood(), other.logLikelihood());
    }
  }

  @Test
  void simulated_subscribers_give_back_what_made_them() {
    Random random = new Random(5);
    double alpha = 1;
    double beta = 4;
    long[] left = new long[24];
    long[] staying = new long[25];
    for (int i = 0; i < 50_000; i++) {
      double chance = 1 - Math.pow(random.nextDouble(), 1 / beta); // Beta(1, beta)
      int until = random.nextInt(25);
      int renewed = 0;
      while (renewed < until && random.nextDouble() >= chance) {
        renewed++;
      }
      if (renewed < until) {
        left[renewed]++;
      } else {
        staying[renewed]++;
      }
    }

    Fit fit = ShiftedBetaGeometric.of(left, staying).fit();

    assertEquals(alpha, fit.parameters()[0], 3 * fit.standardErrors()[0]);
    assertEquals(beta, fit.parameters()[1], 3 * fit.standardErrors()[1]);
    assertTrue(fit.standardErrors()[1] < .15);
  }

  @Test
  void survival_is_that_of_beta_functions_also_after_hundreds_of_renewals() {
    for (double[] at : new double[][] {{.668, 3.806}, {.704, 1.182}, {1e-9, 1e-9}, {1e9, 3e9}}) {
      ShiftedBetaGeometric model = given(at[0], at[1]);
      assertEquals(1, model.survival(0));
      for (int t : new int[] {1, 12, 300, 900}) {
        double survival = model.survival(t);
        double ratio = survival / model.survival(t - 1);
        assertEquals(ratio, model.retention(t), 1e-12);
        assertTrue(survival > 0 && survival < 1, t + ": " + survival);
      }
    }
    ShiftedBetaGeometric regular = given(.704, 1.182);
    for (int t : new int[] {1, 12, 300, 900}) {
      double expected = Math.exp(logBeta(.704, 1.182 + t) - logBeta(.704, 1.182));
      assertEquals(expected, regular.survival(t), 1e-11 * expected, t + " renewals");
    }
  }

  @Test
  void expected_renewals_are_the_mean_over_chances_to_leave() {
    for (double[] at : new double[][] {{.668, 3.806}, {1, 2}, {3, 1.2}}) {
      ShiftedBetaGeometric model = given(at[0], at[1]);
      for (int renewed : new int[] {0, 1, 7, 200}) {
        BetaMean toLeave = new BetaMean(at[0], at[1] + renewed, 32);
        for (int ahead : new int[] {0, 1, 5, 60}) {
          double mean =
              toLeave.of(
                  p -> {
                    double sum = 0;
                    for (int t = 1; t <= ahead; t++) {
                      sum += Math.pow(1 - p, t);
                    }
                    return sum;
                  });
          assertEquals(mean, model.expected(renewed, ahead), 1e-9 * (1 + mean));
        }
      }
    }
  }

  @Test
  void expected_renewals_far_ahead_come_to_the_residual_lifetime() {
    double alpha = 3;
    double beta = 4;
    ShiftedBetaGeometric model = given(alpha, beta);

    for (int renewed : new int[] {0, 5, 300}) {
      double forever = (beta + renewed) / (alpha - 1);
      assertEquals(forever, model.expected(renewed, 1_000_000), 1e-3);
    }
  }

  private static void assertUnknown(double alpha, double beta, ShiftedBetaGeometric model) {
    Fit fit = model.fit();
    assertArrayEquals(new double[] {alpha, beta}, fit.parameters());
    assertFalse(fit.converged());
    assertArrayEquals(
        new double[] {Double.POSITIVE_INFINITY, Double.POSITIVE_INFINITY}, fit.standardErrors());
    assertTrue(fit.logLikelihood() <= 0);
    assertTrue(model.survival(100) > 0 && model.expected(3, 100) > 0);
  }

  @Test
  void where_nobody_left_or_nobody_renewed_one_chance_is_believed_in() {
    // 3 + 2 * 2 renewals
    assertUnknown(1, 8, ShiftedBetaGeometric.of(new long[2], new long[] {9, 3, 2}));
    assertUnknown(8, 1, ShiftedBetaGeometric.of(new long[] {7}, new long[0]));
    assertUnknown(8, 1, ShiftedBetaGeometric.of(new long[] {7, 0, 0}, new long[] {5, 0}));
    assertUnknown(1, 1, ShiftedBetaGeometric.of(new long[0], new long[0]));
    assertUnknown(1, 1, ShiftedBetaGeometric.of(new long[3], new long[] {5}));
  }

  @Test
  void of_one_renewal_only_that_is_known_and_no_parameter() {
    ShiftedBetaGeometric model = ShiftedBetaGeometric.of(new long[] {30}, new long[] {0, 70});

    assertEquals(.7, model.retention(1), 1e-6);
    assertTrue(model.survival(300) > 0);
    assertFalse(model.fit().converged());
  }

  @Test
  void subscribers_who_are_alike_or_of_two_kinds_give_numbers() {
    // one half leaves at each renewal
    ShiftedBetaGeometric alike =
        ShiftedBetaGeometric.of(new long[] {512, 256, 128, 64}, new long[] {0, 0, 0, 0, 64});
    // half leave at once, the others never
    ShiftedBetaGeometric unlike =
        ShiftedBetaGeometric.of(new long[] {500}, new long[] {0, 0, 0, 0, 500});

    assertEquals(.5, alike.retention(4), .02);
    assertEquals(.5, unlike.survival(1), 1e-3);
    assertEquals(.5, unlike.survival(4), 1e-3);
    for (ShiftedBetaGeometric model : List.of(alike, unlike)) {
      assertFalse(model.fit().converged());
      assertFalse(Double.isNaN(model.survival(500)));
      assertFalse(Arrays.stream(model.fit().standardErrors()).anyMatch(Double::isNaN));
      assertFalse(Double.isNaN(model.fit().logLikelihood()));
    }
  }
}
