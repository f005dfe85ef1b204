package ltv.calculate.model.purchase;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ltv.calculate.model.Fit;
import org.junit.jupiter.api.Test;

class WaitingTimeTest {
  private static final WaitingTime TIME = new WaitingTime(.52484316, 6.18308529);
  private static final PurchaseHistory ONCE = new PurchaseHistory(0, 0, 10);
  private static final PurchaseHistory OFTEN = new PurchaseHistory(6, 20, 22);

  @Test
  void quantiles_of_who_comes_at_last_are_the_published_formula() {
    double median = (6.18308529 + 22) * (Math.pow(2, 1 / 6.52484316) - 1);

    assertEquals(median, TIME.quantile(OFTEN, .5, 1e12), 1e-6);
  }

  @Test
  void a_quantile_is_where_the_share_has_come() {
    for (double share : new double[] {.1, .5, .9, 1}) {
      for (PurchaseHistory known : new PurchaseHistory[] {ONCE, OFTEN}) {
        assertEquals(share, TIME.share(known, TIME.quantile(known, share, 26), 26), 1e-12);
      }
    }
    assertEquals(26, TIME.quantile(ONCE, 1, 26), 1e-9, "all have come at the end");
    assertEquals(0, TIME.quantile(ONCE, 0, 26), 1e-12);
  }

  @Test
  void who_comes_often_comes_soon() {
    assertTrue(TIME.quantile(OFTEN, .5, 26) < TIME.quantile(ONCE, .5, 26));
  }

  @Test
  void it_is_the_chance_of_the_model_of_who_is_still_a_customer() {
    MbgNbd model =
        new MbgNbd(
            new Fit(
                new double[] {.52484316, 6.18308529, .89135939, 1.61400224},
                new double[0][],
                0,
                true,
                0));

    assertEquals(model.returns(OFTEN, 4) / model.alive(OFTEN), TIME.within(OFTEN, 4), 1e-12);
  }
}
