package ltv.calculate.model.regression;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import ltv.calculate.model.LinearFit;
import org.junit.jupiter.api.Test;

class TwoPartTest {
  private static final double NO_RIDGE = 1e-9;
  private static final double[] ODDS = {-1.5, .8, -.02, .5};
  private static final double[] LOGS = {2, -.3, .01, .7};
  private static final double SIGMA = .9;

  private record Users(double[][] features, double[] paid) {
    UserRows rows() {
      return UserRows.of(features, paid, ones(paid.length));
    }

    Users by(int[] order) {
      return new Users(
          Arrays.stream(order).mapToObj(i -> features[i]).toArray(double[][]::new),
          Arrays.stream(order).mapToDouble(i -> paid[i]).toArray());
    }

    Users inMoney(double unit) {
      return new Users(features, Arrays.stream(paid).map(p -> p * unit).toArray());
    }
  }

  private static double[] ones(int n) {
    return DoubleStream.generate(() -> 1).limit(n).toArray();
  }

  private static double at(double[] coefficients, double[] features) {
    return new LinearFit(coefficients, new double[0][0], 0, true, 0).at(features);
  }

  /** Users whom the model made, with features of different sizes. */
  private static Users some(int users, Random random) {
    double[][] features = new double[users][];
    double[] paid = new double[users];
    for (int i = 0; i < users; i++) {
      features[i] =
          new double[] {random.nextGaussian(), 40 + 20 * random.nextGaussian(), random.nextInt(2)};
      double chance = 1 / (1 + Math.exp(-at(ODDS, features[i])));
      double amount = Math.exp(at(LOGS, features[i]) + SIGMA * random.nextGaussian());
      paid[i] = random.nextDouble() < chance ? amount : 0;
    }
    return new Users(features, paid);
  }

  private static void assertNumbers(TwoPart model, double[] features) {
    for (LinearFit fit : List.of(model.paying().fit(), model.amount().fit())) {
      assertTrue(Arrays.stream(fit.coefficients()).allMatch(Double::isFinite));
      assertFalse(Arrays.stream(fit.standardErrors()).anyMatch(Double::isNaN));
    }
    assertTrue(Double.isFinite(model.logLikelihood()));
    assertTrue(model.amount().sigma() > 0 && Double.isFinite(model.smearing()));
    assertTrue(model.paying().chance(features) >= 0 && model.paying().chance(features) <= 1);
    assertTrue(model.expected(features) >= 0 && model.expectedOfPayer(features) >= 0);
    assertTrue(Double.isFinite(model.logDensity(features, 0)));
    assertTrue(Double.isFinite(model.logDensity(features, 3)));
  }

  @Test
  void simulated_users_give_back_what_made_them() {
    TwoPart model = TwoPart.of(some(40_000, new Random(1)).rows(), 1);

    for (int j = 0; j < ODDS.length; j++) {
      double error = model.paying().fit().standardErrors()[j];
      assertEquals(ODDS[j], model.paying().fit().coefficients()[j], 3 * error, "odds " + j);
      error = model.amount().fit().standardErrors()[j];
      assertEquals(LOGS[j], model.amount().fit().coefficients()[j], 3 * error, "amount " + j);
    }
    assertTrue(model.paying().fit().converged() && model.amount().fit().converged());
    assertEquals(SIGMA, model.amount().sigma(), .02);
    assertEquals(1, model.smearing(), .03);
    double[] features = {.5, 30, 1};
    double chance = 1 / (1 + Math.exp(-at(ODDS, features)));
    double mean = Math.exp(at(LOGS, features) + SIGMA * SIGMA / 2);
    assertEquals(chance * mean, model.expected(features), .05 * chance * mean);
  }

  /** Hours of study and passed exams: coefficients, errors and likelihood as Wikipedia has them. */
  @Test
  void without_a_penalty_exams_give_the_published_coefficients() {
    double[] hours = {
      .5, .75, 1, 1.25, 1.5, 1.75, 1.75, 2, 2.25, 2.5, 2.75, 3, 3.25, 3.5, 4, 4.25, 4.5, 4.75, 5,
      5.5
    };
    double[] passed = {0, 0, 0, 0, 0, 0, 1, 0, 1, 0, 1, 0, 1, 0, 1, 1, 1, 1, 1, 1};
    double[][] features =
        Arrays.stream(hours).mapToObj(h -> new double[] {h}).toArray(double[][]::new);

    LinearFit fit = Logistic.of(new Users(features, passed).rows(), NO_RIDGE).fit();

    assertArrayEquals(new double[] {-4.0777, 1.5046}, fit.coefficients(), 5e-5);
    assertArrayEquals(new double[] {1.7610, .6287}, fit.standardErrors(), 5e-5);
    assertEquals(-8.02988, fit.logLikelihood(), 5e-6);
    assertTrue(fit.converged());
  }

  /**
   * Anscombe 1973, the first of his four: 3.0001 + .5001 x, errors 1.1247 and .1179 of 9 degrees.
   */
  @Test
  void without_a_penalty_amounts_give_the_line_of_least_squares() {
    double[] x = {10, 8, 13, 9, 11, 14, 6, 4, 12, 7, 5};
    double[] y = {8.04, 6.95, 7.58, 8.81, 8.33, 9.96, 7.24, 4.26, 10.84, 4.82, 5.68};
    double[][] features = Arrays.stream(x).mapToObj(v -> new double[] {v}).toArray(double[][]::new);
    double[] paid = Arrays.stream(y).map(Math::exp).toArray();

    LogNormalRegression amount = LogNormalRegression.of(new Users(features, paid).rows(), NO_RIDGE);

    double likeliest = Math.sqrt(9 / 11.0);
    assertArrayEquals(new double[] {3.0001, .5001}, amount.fit().coefficients(), 5e-5);
    double[] errors = {likeliest * 1.1247, likeliest * .1179};
    assertArrayEquals(errors, amount.fit().standardErrors(), 5e-5);
    assertEquals(likeliest * 1.2366, amount.sigma(), 5e-5);
    assertEquals(-16.8407 - Arrays.stream(y).sum(), amount.fit().logLikelihood(), 5e-5);
  }

  /** The penalised log-likelihood by coefficients, without anything of the regressions. */
  private interface Penalised {
    double at(double[] coefficients);
  }

  private static double penalty(Users users, double ridge, double[] coefficients) {
    double sum = 0;
    for (int j = 1; j < coefficients.length; j++) {
      int feature = j - 1;
      double[] x = Arrays.stream(users.features).mapToDouble(f -> f[feature]).toArray();
      double mean = Arrays.stream(x).average().orElseThrow();
      double variance = Arrays.stream(x).map(v -> (v - mean) * (v - mean)).average().orElseThrow();
      sum += ridge / 2 * coefficients[j] * coefficients[j] * variance;
    }
    return sum;
  }

  private static void assertFlat(Penalised penalised, LinearFit fit) {
    for (int j = 0; j < fit.coefficients().length; j++) {
      double h = 1e-3 * fit.standardErrors()[j];
      double[] up = fit.coefficients().clone();
      double[] down = fit.coefficients().clone();
      up[j] += h;
      down[j] -= h;
      // by standard errors, of which one is worth a half
      assertEquals(0, (penalised.at(up) - penalised.at(down)) / 2e-3, 1e-6, "coefficient " + j);
    }
  }

  @Test
  void at_the_maximum_the_penalised_likelihood_is_flat() {
    for (double ridge : new double[] {.01, 1, 50}) {
      Users users = some(300, new Random(2));
      TwoPart model = TwoPart.of(users.rows(), ridge);

      assertFlat(
          coefficients -> {
            double sum = -penalty(users, ridge, coefficients);
            for (int i = 0; i < users.paid.length; i++) {
              double logOdds = at(coefficients, users.features[i]);
              sum -= Math.log1p(Math.exp(users.paid[i] > 0 ? -logOdds : logOdds));
            }
            return sum;
          },
          model.paying().fit());

      int[] pay = IntStream.range(0, 300).filter(i -> users.paid[i] > 0).toArray();
      Users payers = users.by(pay);
      double sigma = model.amount().sigma();
      assertFlat(
          coefficients -> {
            double sum = -penalty(payers, ridge, coefficients);
            for (int i = 0; i < pay.length; i++) {
              double residual = Math.log(payers.paid[i]) - at(coefficients, payers.features[i]);
              sum -= residual * residual / 2;
            }
            return sum / sigma / sigma;
          },
          model.amount().fit());
    }
  }

  @Test
  void a_ridge_draws_coefficients_to_nothing_but_the_constant() {
    Users users = some(500, new Random(3));

    TwoPart model = TwoPart.of(users.rows(), 1e12);

    double share = Arrays.stream(users.paid).filter(p -> p > 0).count() / 500.0;
    for (double[] features : new double[][] {{0, 0, 0}, {2, 60, 1}}) {
      assertEquals(share, model.paying().chance(features), 1e-6);
      assertEquals(Arrays.stream(users.paid).average().orElse(0), model.expected(features), 1e-6);
    }
  }

  @Test
  void equal_rows_may_be_grouped_and_order_does_not_matter() {
    Users users = some(60, new Random(4));
    Random random = new Random(5);
    double[] weights = random.doubles(60).map(u -> Math.floor(4 * u)).toArray();
    List<Integer> repeated =
        new java.util.ArrayList<>(
            IntStream.range(0, 60)
                .flatMap(i -> IntStream.generate(() -> i).limit((long) weights[i]))
                .boxed()
                .toList());
    Collections.shuffle(repeated, random);

    TwoPart one = TwoPart.of(UserRows.of(users.features, users.paid, weights), 1);
    int[] order = repeated.stream().mapToInt(i -> i).toArray();
    TwoPart two = TwoPart.of(users.by(order).rows(), 1);

    assertTrue(one.paying().fit().converged() && one.amount().fit().converged());
    assertArrayEquals(
        one.paying().fit().coefficients(), two.paying().fit().coefficients(), "bit by bit");
    assertArrayEquals(one.amount().fit().coefficients(), two.amount().fit().coefficients());
    assertArrayEquals(one.paying().fit().standardErrors(), two.paying().fit().standardErrors());
    assertArrayEquals(one.amount().fit().standardErrors(), two.amount().fit().standardErrors());
    assertEquals(one.logLikelihood(), two.logLikelihood());
    assertEquals(one.smearing(), two.smearing());
  }

  @Test
  void neither_the_unit_of_money_nor_that_of_a_feature_matters() {
    Users users = some(400, new Random(6));
    double[][] inOther =
        Arrays.stream(users.features)
            .map(f -> new double[] {1e6 * f[0], f[1] / 7 - 3, 5 - f[2]})
            .toArray(double[][]::new);

    TwoPart model = TwoPart.of(users.rows(), 1);
    TwoPart inWon = TwoPart.of(users.inMoney(1_350).rows(), 1);
    TwoPart other = TwoPart.of(new Users(inOther, users.paid).rows(), 1);

    for (int i = 0; i < 20; i++) {
      double expected = model.expected(users.features[i]);
      assertEquals(1_350 * expected, inWon.expected(users.features[i]), 1e-7 * expected);
      assertEquals(expected, other.expected(inOther[i]), 1e-9 * expected);
    }
    assertEquals(model.smearing(), inWon.smearing(), 1e-12);
    assertEquals(model.amount().sigma(), inWon.amount().sigma(), 1e-12);
  }

  @Test
  void payers_are_expected_to_pay_what_they_paid_whatever_the_noise() {
    Random random = new Random(7);
    Users users = some(20_000, random);
    // 1 or e^4: far from normal, and most of it with the third feature
    Arrays.setAll(
        users.paid,
        i ->
            users.paid[i] > 0
                ? Math.exp(random.nextDouble() < .3 + .4 * users.features[i][2] ? 4 : 0)
                : 0);

    TwoPart model = TwoPart.of(users.rows(), 1);

    double expected = 0;
    for (int i = 0; i < users.paid.length; i++) {
      expected += users.paid[i] > 0 ? model.expectedOfPayer(users.features[i]) : 0;
    }
    double paid = Arrays.stream(users.paid).sum();
    assertEquals(paid, expected, 1e-9 * paid);
    assertTrue(model.smearing() < .8, "the lognormal mean is far off: " + model.smearing());
  }

  @Test
  void features_that_tell_payers_for_sure_give_numbers_by_the_ridge() {
    double[][] features = new double[40][];
    double[] paid = new double[40];
    for (int i = 0; i < 40; i++) {
      features[i] = new double[] {i, 1e9 * (i / 20)};
      paid[i] = i < 20 ? 0 : 10 + i;
    }

    for (double ridge : new double[] {1e-6, 1, 100}) {
      TwoPart model = TwoPart.of(new Users(features, paid).rows(), ridge);

      assertTrue(model.paying().fit().converged(), "ridge " + ridge);
      assertTrue(model.paying().chance(features[0]) < model.paying().chance(features[39]));
      assertNumbers(model, features[0]);
    }
    TwoPart model = TwoPart.of(new Users(features, paid).rows(), 1);
    assertTrue(model.paying().chance(features[0]) < .05);
    assertTrue(model.paying().chance(features[39]) > .95);
  }

  @Test
  void where_nobody_pays_nothing_is_expected() {
    Users users =
        new Users(some(8, new Random(8)).features, new double[] {0, 0, 0, -5, 0, 0, 0, 0});
    TwoPart model = TwoPart.of(users.rows(), 1);

    assertNumbers(model, users.features[0]);
    assertEquals(.1, model.paying().chance(users.features[0]), 1e-15);
    assertEquals(0, model.expected(users.features[0]));
    assertEquals(0, model.expectedOfPayer(users.features[0]));
    assertFalse(model.paying().fit().converged() || model.amount().fit().converged());
    assertEquals(Double.POSITIVE_INFINITY, model.paying().fit().standardErrors()[1]);
    assertEquals(8 * Math.log(.9), model.logLikelihood(), 1e-12);
  }

  @Test
  void where_all_pay_only_amounts_tell_of_features() {
    Users users = some(400, new Random(9));
    Users payers = users.by(IntStream.range(0, 400).filter(i -> users.paid[i] > 0).toArray());
    TwoPart model = TwoPart.of(payers.rows(), 1);

    assertNumbers(model, users.features[0]);
    int n = payers.paid.length;
    assertEquals((n + 1) / (n + 2.0), model.paying().chance(users.features[0]), 1e-12);
    assertArrayEquals(
        TwoPart.of(users.rows(), 1).amount().fit().coefficients(),
        model.amount().fit().coefficients());
    assertFalse(model.paying().fit().converged());
    assertTrue(model.amount().fit().converged());
  }

  @Test
  void one_user_or_none_gives_numbers() {
    double[] features = {3, 4};
    TwoPart payer = TwoPart.of(new Users(new double[][] {features}, new double[] {20}).rows(), 1);
    TwoPart other = TwoPart.of(new Users(new double[][] {features}, new double[] {0}).rows(), 1);
    TwoPart none = TwoPart.of(new Users(new double[0][], new double[0]).rows(), 1);

    for (TwoPart model : List.of(payer, other, none)) {
      assertNumbers(model, features);
      assertFalse(model.paying().fit().converged() || model.amount().fit().converged());
    }
    assertEquals(2 / 3.0 * 20, payer.expected(features), 1e-9);
    assertEquals(20, payer.expectedOfPayer(new double[] {-7, 1e3}), 1e-9);
    assertEquals(1 / 3.0, other.paying().chance(features), 1e-15);
    assertEquals(.5, none.paying().chance(features));
    assertEquals(0, none.expected(features));
  }

  @Test
  void payers_of_one_price_pay_it() {
    Users users = some(200, new Random(10));
    Arrays.setAll(users.paid, i -> users.paid[i] > 0 ? 9.99 : 0);
    TwoPart model = TwoPart.of(users.rows(), 1);

    assertNumbers(model, users.features[0]);
    assertTrue(model.paying().fit().converged());
    assertFalse(model.amount().fit().converged());
    assertEquals(9.99, model.expectedOfPayer(users.features[0]), 1e-9);
  }

  @Test
  void a_feature_that_does_not_vary_has_no_coefficient() {
    Users users = some(300, new Random(11));
    double[][] more =
        Arrays.stream(users.features)
            .map(f -> new double[] {f[0], .1, f[1], f[2], 1e15})
            .toArray(double[][]::new);

    TwoPart model = TwoPart.of(users.rows(), 1);
    TwoPart with = TwoPart.of(new Users(more, users.paid).rows(), 1);

    assertNumbers(with, more[0]);
    for (LinearFit fit : List.of(with.paying().fit(), with.amount().fit())) {
      assertEquals(0, fit.coefficients()[2]);
      assertEquals(0, fit.coefficients()[5]);
      assertTrue(fit.converged());
    }
    double expected = model.expected(users.features[0]);
    assertEquals(expected, with.expected(more[0]), 1e-9 * expected);
    assertEquals(model.logLikelihood(), with.logLikelihood(), 1e-9);
  }

  @Test
  void features_far_from_all_that_was_seen_give_no_nan() {
    TwoPart model = TwoPart.of(some(300, new Random(12)).rows(), 1);

    for (double far : new double[] {-1e6, 1e6}) {
      double expected = model.expected(new double[] {far, far, far});
      assertTrue(expected >= 0, "no NaN: " + expected);
    }
  }

  /** The case of the loss's own test, of logits .1 .2 .3 and .4 .5 .6, computed by itself. */
  @Test
  void the_density_is_minus_the_loss_of_zero_inflated_lognormal_amounts() {
    double[] none = {};
    TwoPart first = given(.1, .2, Math.log1p(Math.exp(.3)));
    TwoPart second = given(.4, .5, Math.log1p(Math.exp(.6)));

    assertEquals(-.744396660073571, first.logDensity(none, 0), 1e-12);
    assertEquals(-1.8783725912594884, second.logDensity(none, 1.5), 1e-12);
  }

  private static TwoPart given(double logOdds, double mu, double sigma) {
    return new TwoPart(
        new Logistic(LinearFit.unknown(0, logOdds, 0)),
        new LogNormalRegression(LinearFit.unknown(0, mu, 0), sigma),
        1);
  }

  @Test
  void densities_of_the_data_add_up_to_the_likelihood() {
    Users users = some(500, new Random(13));
    TwoPart model = TwoPart.of(users.rows(), 1);

    double sum =
        IntStream.range(0, 500)
            .mapToDouble(i -> model.logDensity(users.features[i], users.paid[i]))
            .sum();

    assertEquals(sum, model.logLikelihood(), 1e-8);
  }

  @Test
  void a_ridge_of_nothing_is_refused() {
    UserRows rows = some(20, new Random(14)).rows();

    IllegalArgumentException e =
        assertThrows(IllegalArgumentException.class, () -> TwoPart.of(rows, 0));

    assertEquals("ridge is 0.0; it must be above 0", e.getMessage());
  }
}
