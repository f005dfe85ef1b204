package ltv.calculate.model.regression;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Random;
import org.junit.jupiter.api.Test;

class RecalibrationTest {
  /** Who come by log-odds of which only others are told. */
  private static Chances made(int n, double constant, double slope) {
    Random random = new Random(7);
    double[] told = new double[n];
    boolean[] came = new boolean[n];
    for (int i = 0; i < n; i++) {
      told[i] = 2 * random.nextGaussian() - 1;
      came[i] = random.nextDouble() < Logistic.chance(constant + slope * told[i]);
    }
    return new Chances(told, came);
  }

  @Test
  void what_was_met_is_found() {
    Recalibration found = Recalibration.of(made(200_000, -.5, .7), 0);

    assertEquals(-.5, found.constant(), .03);
    assertEquals(.7, found.slope(), .02);
  }

  @Test
  void calibrated_chances_expect_what_came_and_need_no_more() {
    Chances told = made(5_000, .4, 1.6);

    Chances calibrated = Recalibration.of(told, 0).of(told);

    assertEquals(calibrated.events(), calibrated.expected(), 1e-5);
    assertEquals(1, Recalibration.of(calibrated, 0).slope(), 1e-6);
    assertEquals(0, Recalibration.of(calibrated, 0).constant(), 1e-6);
    assertEquals(told.auc(), calibrated.auc(), 1e-12, "the order stays");
    assertTrue(calibrated.logLoss() < told.logLoss());
  }

  @Test
  void without_events_chances_stay_nearly_as_they_were_told() {
    Chances nobody = new Chances(new double[] {-3, -2, -4}, new boolean[3]);

    Recalibration found = Recalibration.of(nobody, 5);

    assertEquals(0, found.constant(), .1);
    assertEquals(1, found.slope(), .2);
    assertTrue(Double.isFinite(Recalibration.of(nobody, 0).slope()), "where no maximum is");
    assertEquals(
        new Recalibration(0, 1), Recalibration.of(new Chances(new double[0], new boolean[0]), 5));
  }
}
