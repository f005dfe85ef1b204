package ltv.calculate.posterior;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SamplerTest {
  private static final LogDensity NORMAL =
      (x, slope) -> {
        double value = 0;
        for (int i = 0; i < x.length; i++) {
          slope[i] = -x[i];
          value -= x[i] * x[i] / 2;
        }
        return value;
      };

  private static List<String> names(int n) {
    return IntStream.range(0, n).mapToObj(i -> "x" + i).toList();
  }

  private static void assertMean(double expected, double error, Posterior posterior, int quantity) {
    double own = posterior.deviation(quantity) / Math.sqrt(posterior.bulk(quantity));
    assertEquals(
        expected,
        posterior.mean(quantity),
        4 * Math.hypot(error, own),
        posterior.names().get(quantity));
  }

  @Test
  void draws_of_a_correlated_normal_have_its_moments() {
    double[] mean = {3, -40, .2};
    double[][] precision = {{2, .1, -5}, {.1, .02, 0}, {-5, 0, 60}};
    LogDensity density =
        (x, slope) -> {
          double value = 0;
          for (int i = 0; i < 3; i++) {
            slope[i] = 0;
            for (int j = 0; j < 3; j++) {
              slope[i] -= precision[i][j] * (x[j] - mean[j]);
            }
            value += slope[i] * (x[i] - mean[i]) / 2;
          }
          return value;
        };
    // the inverse of the precision, whose determinant is 1.3
    double[][] covariance = {{1.2, -6, .1}, {-6, 95, -.5}, {.1, -.5, .03}};

    Posterior posterior = Sampler.USUAL.draw(density, names(3), 1);

    assertTrue(posterior.trusted(), () -> posterior.doubts().toString());
    for (int i = 0; i < 3; i++) {
      assertMean(mean[i], 0, posterior, i);
      for (int j = 0; j < 3; j++) {
        int a = i;
        int b = j;
        Posterior product =
            posterior.turned(
                List.of("product " + a + b),
                x -> new double[] {(x[a] - mean[a]) * (x[b] - mean[b])});
        assertMean(covariance[i][j] / 1.3, 0, product, 0);
      }
    }
    double sd = Math.sqrt(covariance[1][1] / 1.3);
    assertEquals(mean[1] - 1.2816 * sd, posterior.quantile(1, .1), .1 * sd);
  }

  @Test
  void weights_of_points_make_up_for_steps_that_are_too_large() {
    LogDensity steep =
        (x, slope) -> {
          double value = 0;
          for (int i = 0; i < x.length; i++) {
            slope[i] = -Math.pow(x[i], 3);
            value -= Math.pow(x[i], 4) / 4;
          }
          return value;
        };

    Posterior sums =
        new Sampler(4, 500, 4_000, .5)
            .draw(steep, names(5), 1)
            .turned(
                List.of("sum"),
                x -> new double[] {Arrays.stream(x).map(each -> Math.pow(each, 4)).sum()});

    // a quarter of a fourth power is a gamma number of shape 1/4; the error is no larger by chance
    assertEquals(5, sums.mean(0), .25);
    assertTrue(sums.deviation(0) / Math.sqrt(sums.bulk(0)) < .07);
  }

  @Test
  void the_same_seed_gives_the_same_draws_and_another_others() {
    Sampler how = new Sampler(2, 100, 50, .8);

    Posterior first = how.draw(NORMAL, names(3), 5);
    Posterior again = how.draw(NORMAL, names(3), 5);
    Posterior other = how.draw(NORMAL, names(3), 5L << 32);

    for (int i = 0; i < 3; i++) {
      assertArrayEquals(first.draws(i)[0], again.draws(i)[0], "bit by bit");
      assertArrayEquals(first.draws(i)[1], again.draws(i)[1], "bit by bit");
      assertFalse(Arrays.equals(first.draws(i)[0], first.draws(i)[1]));
      assertFalse(Arrays.equals(first.draws(i)[0], other.draws(i)[0]));
    }
  }

  /** Neal 2003: nine numbers whose variance is the exponential of a tenth. */
  private static double funnel(double[] x, double[] slope) {
    double precision = Math.exp(-x[0]);
    double value = -x[0] * x[0] / 18;
    slope[0] = -x[0] / 9;
    for (int i = 1; i < 10; i++) {
      value -= x[0] / 2 + x[i] * x[i] * precision / 2;
      slope[0] += x[i] * x[i] * precision / 2 - .5;
      slope[i] = -x[i] * precision;
    }
    return value;
  }

  @Test
  void a_funnel_is_not_trusted_until_its_numbers_are_taken_apart() {
    Posterior centred = Sampler.USUAL.draw(SamplerTest::funnel, names(10), 1);
    Posterior apart =
        Sampler.USUAL
            .draw(NORMAL, names(10), 1)
            .turned(
                names(10),
                z ->
                    IntStream.range(0, 10)
                        .mapToDouble(i -> i == 0 ? 3 * z[0] : z[i] * Math.exp(1.5 * z[0]))
                        .toArray());

    assertFalse(centred.trusted());
    assertTrue(centred.divergences() > 0);
    assertTrue(centred.doubts().get(0).startsWith(centred.divergences() + " draws diverged"));
    assertTrue(apart.trusted(), () -> apart.doubts().toString());
    assertMean(0, 0, apart, 0);
  }

  @Test
  void schools_of_rubin_have_the_posterior_that_is_published() {
    double[] effects = {28, 8, -3, 7, -1, 1, 18, 12};
    double[] errors = {15, 10, 16, 11, 9, 11, 10, 18};
    // mu normal with deviation 5, tau half-Cauchy with scale 5; eight numbers, mu, log tau
    LogDensity density =
        (x, slope) -> {
          double tau = Math.exp(x[9]);
          double value = -x[8] * x[8] / 50 - Math.log1p(tau * tau / 25) + x[9];
          slope[8] = -x[8] / 25;
          slope[9] = 1 - 2 * tau * tau / (25 + tau * tau);
          for (int i = 0; i < 8; i++) {
            double off = (effects[i] - x[8] - tau * x[i]) / errors[i];
            value -= off * off / 2 + x[i] * x[i] / 2;
            slope[i] = off * tau / errors[i] - x[i];
            slope[8] += off / errors[i];
            slope[9] += off * tau * x[i] / errors[i];
          }
          return value;
        };

    Posterior schools =
        new Sampler(4, 1_000, 2_500, .9)
            .draw(density, names(10), 1)
            .turned(
                List.of("theta1", "theta7", "mu", "tau"),
                x -> {
                  double tau = Math.exp(x[9]);
                  return new double[] {x[8] + tau * x[0], x[8] + tau * x[6], x[8], tau};
                });

    // posteriordb, eight_schools-eight_schools_noncentered: means with their Monte Carlo errors
    assertTrue(schools.trusted(), () -> schools.doubts().toString());
    assertMean(6.15050, .0557, schools, 0);
    assertMean(6.31717, .0499, schools, 1);
    assertMean(4.41052, .0330, schools, 2);
    assertMean(3.60206, .0319, schools, 3);
  }

  @Test
  void an_edge_is_told_and_never_drawn_from_beyond() {
    // half of a normal; beyond it no number
    Posterior half =
        new Sampler(2, 200, 200, .8)
            .draw(
                (x, slope) -> {
                  slope[0] = x[0] > 0 ? -x[0] : Double.NaN;
                  return x[0] > 0 ? -x[0] * x[0] / 2 : Double.NaN;
                },
                names(1),
                1);

    assertTrue(half.divergences() > 0);
    assertTrue(half.quantile(0, 0) > 0);
    assertTrue(half.quantile(0, 1) < 10);
  }

  @Test
  void a_long_way_in_small_steps_is_cut_off_and_told() {
    // a ridge ten thousand times as long as it is wide, across both parameters
    Posterior ridge =
        new Sampler(1, 20, 8, .8)
            .draw(
                (x, slope) -> {
                  double along = (x[0] + x[1]) / 1e4;
                  double across = (x[0] - x[1]) * 1e4;
                  slope[0] = -along / 1e4 - across * 1e4;
                  slope[1] = -along / 1e4 + across * 1e4;
                  return -along * along / 2 - across * across / 2;
                },
                names(2),
                1);

    assertTrue(ridge.deepest() > 0);
    assertFalse(ridge.trusted());
    assertTrue(ridge.doubts().stream().anyMatch(doubt -> doubt.startsWith("bulk ESS of x")));
  }

  @Test
  void what_cannot_be_drawn_is_refused() {
    IllegalArgumentException nowhere =
        assertThrows(
            IllegalArgumentException.class,
            () -> Sampler.USUAL.draw((x, slope) -> Double.NaN, names(1), 1));
    assertEquals(
        "the density has no value at any of 100 points within 2.0 of 0", nowhere.getMessage());
    IllegalArgumentException few =
        assertThrows(IllegalArgumentException.class, () -> new Sampler(4, 10, 1_000, .8));
    assertEquals(
        "4 chains of 10 and 1000 draws, acceptance 0.8; at least 1 of 20 and 8, between 0 and 1",
        few.getMessage());
    assertThrows(IllegalArgumentException.class, () -> new Sampler(0, 20, 8, .8));
    assertThrows(IllegalArgumentException.class, () -> new Sampler(1, 20, 7, .8));
    assertThrows(IllegalArgumentException.class, () -> new Sampler(1, 20, 8, 1));
  }
}
