package ltv.calculate.model.purchase;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Random;
import java.util.stream.DoubleStream;
import ltv.calculate.model.Fit;
import ltv.calculate.model.Likelihood;
import org.junit.jupiter.api.Test;

class GammaGammaTest {
  private static GammaGamma given(double... parameters) {
    return new GammaGamma(new Fit(parameters, new double[3][3], 0, true, 0));
  }

  @Test
  void the_cdnow_sample_gives_the_published_parameters() {
    GammaGamma model = GammaGamma.of(Cdnow.sample().spend());

    double[] parameters = {6.24957, 3.74422, 15.44352};
    double[] errors = {1.190, .290, 4.159};
    for (int i = 0; i < 3; i++) {
      assertEquals(parameters[i], model.fit().parameters()[i], 1e-4 * parameters[i]);
      assertEquals(errors[i], model.fit().standardErrors()[i], 1e-3);
    }
    assertEquals(-4055.917695, model.fit().logLikelihood(), 1e-4);
    assertTrue(model.fit().converged());
    double[] means = {24.65, 18.91, 35.17, 35.17, 35.17, 71.46, 18.91, 35.17, 27.28, 35.17};
    Cdnow cdnow = Cdnow.sample();
    for (int i = 0; i < 10; i++) {
      int repeats = cdnow.histories().get(i).repeats();
      assertEquals(means[i], model.expected(repeats, cdnow.spent(i)), .005, "customer " + i);
    }
  }

  @Test
  void spend_and_frequency_of_the_cdnow_sample_are_hardly_related() {
    assertEquals(.114, Cdnow.sample().spend().correlation(), .0005);
  }

  @Test
  void gradients_are_those_of_differences() {
    Random random = new Random(1);
    Spend spend =
        Spend.of(
            random.ints(50, 0, 9).toArray(),
            DoubleStream.generate(() -> 500 * random.nextDouble()).limit(50).toArray());
    Likelihood likelihood = GammaGamma.likelihood(spend, 7);
    for (int n = 0; n < 20; n++) {
      Gradients.assertThoseOfDifferences(likelihood, 3, random);
    }
  }

  @Test
  void who_spent_often_is_judged_by_that_and_who_never_did_by_the_others() {
    GammaGamma model = given(6, 4, 15);

    assertEquals(6 * 15 / 3.0, model.expected(0, 0));
    assertEquals(100, model.expected(100_000, 100), .01);
    assertTrue(model.expected(1, 100) > 30 && model.expected(1, 100) < 100);
  }

  @Test
  void without_a_mean_of_the_population_only_spenders_have_one() {
    GammaGamma model = given(6, .9, 15);

    assertFalse(model.hasMean());
    assertTrue(model.expected(2, 50) > 0);
    IllegalStateException e = assertThrows(IllegalStateException.class, () -> model.expected(0, 0));
    assertTrue(e.getMessage().contains("q is 0.9"), e.getMessage());
  }

  @Test
  void who_spent_nothing_is_left_out() {
    Spend spend = Spend.of(new int[] {0, 2, 3, 1}, new double[] {10, 0, 20, -5});

    assertEquals(1, spend.customers());
    assertEquals(0, spend.correlation());
  }
}
