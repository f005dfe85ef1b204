package ltv.calculate.model.regression;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ChancesTest {
  private static Chances told(double[] chances, boolean... came) {
    double[] logOdds = new double[chances.length];
    for (int i = 0; i < chances.length; i++) {
      logOdds[i] = Chances.logOdds(chances[i]);
    }
    return new Chances(logOdds, came);
  }

  @Test
  void measures_are_those_of_the_books() {
    Chances told = told(new double[] {.8, .4, .4, .1}, true, true, false, false);

    assertEquals((1 + 1 + .5 + 1) / 4, told.auc(), 1e-12, "three pairs in order, one tie");
    assertEquals((.04 + .36 + .16 + .01) / 4, told.brier(), 1e-12);
    assertEquals(
        -(Math.log(.8) + Math.log(.4) + Math.log(.6) + Math.log(.9)) / 4, told.logLoss(), 1e-12);
    assertEquals(Math.log(2), told.logLossOfAll(), 1e-12, "half of them came");
    assertEquals(1.7, told.expected(), 1e-12);
    assertEquals(2, told.events());
  }

  @Test
  void where_all_come_there_is_no_order() {
    assertTrue(Double.isNaN(told(new double[] {.5, .6}, true, true).auc()));
  }

  @Test
  void what_was_ruled_out_and_came_is_no_endless_loss() {
    assertTrue(Double.isFinite(told(new double[] {0, 1}, true, false).logLoss()));
  }

  @Test
  void the_auc_is_the_share_of_pairs_in_order() {
    Random random = new Random(1);
    for (int round = 0; round < 100; round++) {
      int n = 2 + random.nextInt(30);
      double[] odds = IntStream.range(0, n).mapToDouble(i -> random.nextInt(6)).toArray();
      boolean[] came = new boolean[n];
      for (int i = 0; i < n; i++) {
        came[i] = i == 0 || (i > 1 && random.nextBoolean());
      }
      double pairs = 0;
      double inOrder = 0;
      for (int yes = 0; yes < n; yes++) {
        for (int no = 0; no < n; no++) {
          if (came[yes] && !came[no]) {
            pairs++;
            inOrder += odds[yes] > odds[no] ? 1 : odds[yes] == odds[no] ? .5 : 0;
          }
        }
      }
      assertEquals(inOrder / pairs, new Chances(odds, came).auc(), 1e-12);
    }
  }
}
