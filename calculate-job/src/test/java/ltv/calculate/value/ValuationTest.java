package ltv.calculate.value;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.stream.IntStream;
import ltv.calculate.backtest.BackTest;
import ltv.calculate.forecast.CohortFacts;
import ltv.calculate.forecast.Groups.Level;
import ltv.calculate.forecast.Rest;
import ltv.calculate.forecast.Shop;
import ltv.calculate.forecast.Snapshot;
import ltv.calculate.model.development.ChainLadder;
import ltv.calculate.model.development.Development;
import ltv.lake.Fingerprint;
import org.junit.jupiter.api.Test;

class ValuationTest {
  private static final int DAY = 149;
  private static final List<Integer> HORIZONS = List.of(0, 7, 30, 90, 720);
  private static final CohortFacts SHOP = Shop.after(DAY + 1, 10, 3);
  private static final Snapshot AT = BackTest.snapshot(SHOP, DAY, HORIZONS, Level.SEGMENT);
  private static final Valuation VALUATION =
      new Valuation(AT, BackTest.run(SHOP, HORIZONS, DAY), HORIZONS);

  @Test
  void segments_add_up_to_campaigns_and_campaigns_to_all() {
    for (int h = 0; h < HORIZONS.size(); h++) {
      double all = VALUATION.of(Level.ALL, 0).get(h).rest().mean();
      for (Level level : Level.values()) {
        int at = h;
        double sum =
            IntStream.range(0, SHOP.groups().count(level))
                .mapToDouble(g -> VALUATION.of(level, g).get(at).rest().mean())
                .sum();
        assertEquals(all, sum, 1e-6 * Math.max(1, all), level + " to " + HORIZONS.get(h));
      }
    }
  }

  @Test
  void what_is_observed_is_everything_paid_until_the_horizon() {
    double paid = 0;
    for (int p = 0; p < SHOP.paid().length; p++) {
      paid += SHOP.paidAge()[p] <= 7 ? SHOP.paid()[p] : 0;
    }

    assertEquals(paid, VALUATION.of(Level.ALL, 0).get(1).observed(), 1e-6 * paid);
  }

  @Test
  void bands_lie_around_the_estimate_one_in_the_other() {
    for (int g = 0; g < SHOP.groups().count(Level.CAMPAIGN); g++) {
      for (Estimate estimate : VALUATION.of(Level.CAMPAIGN, g)) {
        double[] q = estimate.quantiles();
        for (int i = 1; i < q.length; i++) {
          assertTrue(q[i - 1] <= q[i]);
        }
        assertTrue(q[0] >= estimate.observed(), "nobody gives back what was paid");
      }
    }
  }

  @Test
  void everybody_has_reached_day_0_and_nobody_can_tell_two_years() {
    Estimate first = VALUATION.of(Level.ALL, 0).get(0);

    assertEquals(0, first.youngUsers());
    assertEquals(first.observed(), first.matureValue(), 1e-6);
    assertEquals(0, first.rest().mean());
    assertTrue(VALUATION.tooYoung(720) && !VALUATION.tooYoung(90));
  }

  /** Whoever changes what comes out of the same facts changes the version, and then this. */
  @Test
  void the_same_version_values_the_same_facts_alike() {
    StringBuilder values = new StringBuilder();
    for (int g = 0; g < SHOP.groups().count(Level.CAMPAIGN); g++) {
      for (Estimate estimate : VALUATION.of(Level.CAMPAIGN, g)) {
        values.append(Told.money(estimate.total())).append(' ');
        for (double quantile : estimate.quantiles()) {
          values.append(Told.money(quantile)).append(' ');
        }
      }
    }

    assertEquals(
        Map.of("3", "47e7ba9ca2b0bd1c69182be81c6ce82336fb27e78e18b923e5e8e25e28e1497d"),
        Map.of(Valuation.VERSION, Fingerprint.start().add(values.toString()).hex()),
        "give Valuation.VERSION another value when what is valued changes, so that marts follow");
  }

  @Test
  void cost_comes_back_where_the_curve_reaches_it() {
    // half of the value on the first day, the rest evenly over ten
    double[][] cohorts = new double[12][];
    for (int c = 0; c < cohorts.length; c++) {
      cohorts[c] = IntStream.rangeClosed(0, c).mapToDouble(a -> 10 + Math.min(a, 10)).toArray();
    }
    double[] weights = IntStream.range(0, 12).mapToDouble(c -> 1).toArray();
    Development even = new Development(ChainLadder.of(cohorts, weights, 11), 11);
    Payback payback = new Payback(List.of(estimate(0, 100, 90), estimate(10, 200, 150)), even);

    assertEquals(OptionalInt.of(0), payback.at(100, Payback.MEAN));
    assertEquals(OptionalInt.of(5), payback.at(150, Payback.MEAN));
    assertEquals(OptionalInt.of(10), payback.at(150, 1));
    assertEquals(OptionalInt.empty(), payback.at(151, 1));
    assertEquals(OptionalInt.empty(), payback.at(0, Payback.MEAN), "nothing was spent");
  }

  private static Estimate estimate(int horizon, double value, double low) {
    return new Estimate(
        horizon,
        1,
        0,
        0,
        0,
        value,
        Rest.NOTHING,
        new double[] {low, low, low, value, value, value});
  }
}
