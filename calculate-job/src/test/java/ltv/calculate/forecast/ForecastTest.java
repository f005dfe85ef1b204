package ltv.calculate.forecast;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import ltv.calculate.forecast.Groups.Level;
import org.junit.jupiter.api.Test;

class ForecastTest {
  private static final int DAY = 119;
  private static final List<Integer> HORIZONS = List.of(0, 7, 30, 90);
  private static final CohortFacts SHOP = Shop.after(DAY + 1, 12, 5);

  private static Forecast of(CohortFacts facts) {
    Snapshot at = Snapshot.of(facts, DAY, HORIZONS, DAY, Level.CAMPAIGN);
    return Forecast.of(at, Shapes.of(at, 56), 56);
  }

  @Test
  void money_in_another_unit_gives_the_same_forecast_in_that_unit() {
    Forecast won = of(SHOP);
    Forecast thousands = of(Shop.times(SHOP, .001));

    for (int g = 0; g < SHOP.groups().count(Level.CAMPAIGN); g++) {
      Rest rest = won.rest(Level.CAMPAIGN, g, 30);
      Rest scaled = thousands.rest(Level.CAMPAIGN, g, 30);
      assertEquals(.001 * rest.mean(), scaled.mean(), 1e-9 * rest.mean());
      assertEquals(1e-6 * rest.variance(), scaled.variance(), 1e-9 * rest.variance());
      assertEquals(rest.weight(), scaled.weight(), 1e-9);
    }
  }

  @Test
  void the_order_of_payments_does_not_matter() {
    int n = SHOP.paid().length;
    CohortFacts reversed =
        new CohortFacts(
            SHOP.groups(),
            SHOP.segment(),
            SHOP.day(),
            SHOP.users(),
            SHOP.cost(),
            SHOP.payers(),
            IntStream.range(0, n).map(p -> SHOP.paidBy()[n - 1 - p]).toArray(),
            IntStream.range(0, n).map(p -> SHOP.paidAge()[n - 1 - p]).toArray(),
            IntStream.range(0, n).mapToDouble(p -> SHOP.paid()[n - 1 - p]).toArray());

    for (int g = 0; g < SHOP.groups().count(Level.CAMPAIGN); g++) {
      double mean = of(SHOP).rest(Level.CAMPAIGN, g, 90).mean();
      assertEquals(mean, of(reversed).rest(Level.CAMPAIGN, g, 90).mean(), 1e-9 * mean);
    }
  }

  @Test
  void what_happens_after_the_day_is_not_seen() {
    CohortFacts later = Shop.after(DAY + 61, 12, 5);
    Snapshot at = Snapshot.of(later, DAY, HORIZONS, DAY, Level.CAMPAIGN);
    int last = IntStream.of(later.day()).max().orElseThrow();

    assertTrue(last > DAY);
    assertEquals(0, at.users(Level.ALL, 0)[0] - users(later, DAY), 0);
    double paid = Arrays.stream(at.paid(Level.ALL, 0)).sum();
    double all = Arrays.stream(later.paid()).sum();
    assertTrue(paid > 0 && paid < .8 * all, "paid until the day " + paid + " of " + all);
  }

  private static double users(CohortFacts facts, int day) {
    return IntStream.range(0, facts.day().length)
        .filter(c -> facts.day()[c] == day)
        .mapToDouble(c -> facts.users()[c])
        .sum();
  }

  @Test
  void more_is_to_come_until_a_later_horizon_and_known_less() {
    Forecast forecast = of(SHOP);

    for (int g = 0; g < SHOP.groups().count(Level.CAMPAIGN); g++) {
      double before = 0;
      double variance = 0;
      for (int horizon : List.of(1, 7, 30, 60, 90)) {
        Rest rest = forecast.rest(Level.CAMPAIGN, g, horizon);
        assertTrue(rest.mean() > before && rest.variance() > variance, "campaign " + g);
        before = rest.mean();
        variance = rest.variance();
      }
    }
  }

  @Test
  void a_campaign_without_payers_is_expected_to_be_like_others_as_far_as_it_is_small() {
    double[] paid = SHOP.paid().clone();
    double[] users = SHOP.users().clone();
    for (int p = 0; p < paid.length; p++) {
      paid[p] *=
          SHOP.groups().ofSegment(Level.CAMPAIGN, SHOP.segment()[SHOP.paidBy()[p]]) == 3 ? 0 : 1;
    }
    CohortFacts facts =
        new CohortFacts(
            SHOP.groups(),
            SHOP.segment(),
            SHOP.day(),
            users,
            SHOP.cost(),
            SHOP.payers(),
            SHOP.paidBy(),
            SHOP.paidAge(),
            paid);

    Rest without = of(facts).rest(Level.CAMPAIGN, 3, 30);
    Rest with = of(SHOP).rest(Level.CAMPAIGN, 3, 30);

    assertTrue(without.mean() >= 0 && without.mean() < with.mean() / 2, "" + without);
    assertTrue(without.weight() > 0 && without.weight() < 1, "" + without);
  }

  @Test
  void a_channel_whose_last_week_pays_nothing_is_expected_to_pay_less_at_once() {
    double[] paid = SHOP.paid().clone();
    for (int p = 0; p < paid.length; p++) {
      int cohort = SHOP.paidBy()[p];
      boolean meta = SHOP.groups().ofSegment(Level.CHANNEL, SHOP.segment()[cohort]) == 0;
      paid[p] *= meta && SHOP.day()[cohort] > DAY - 7 ? 0 : 1;
    }
    CohortFacts turned =
        new CohortFacts(
            SHOP.groups(),
            SHOP.segment(),
            SHOP.day(),
            SHOP.users(),
            SHOP.cost(),
            SHOP.payers(),
            SHOP.paidBy(),
            SHOP.paidAge(),
            paid);
    Levels before = of(SHOP).levels();
    Levels after = of(turned).levels();

    double meta = after.worth(Level.CHANNEL, 0, 0) / before.worth(Level.CHANNEL, 0, 0);
    double google = after.worth(Level.CHANNEL, 1, 0) / before.worth(Level.CHANNEL, 1, 0);
    assertTrue(meta < .5, "a day of the last week is worth " + meta);
    assertTrue(after.worth(Level.CHANNEL, 0, 10) > .6 * before.worth(Level.CHANNEL, 0, 10));
    assertEquals(1, google, .1);
    assertTrue(after.error(Level.CHANNEL, 0, 0) > 2 * before.error(Level.CHANNEL, 0, 0));
  }

  @Test
  void nobody_and_nothing_give_nothing() {
    CohortFacts nobody =
        new CohortFacts(
            Groups.of(List.of()),
            new int[0],
            new int[0],
            new double[0],
            new double[0],
            new double[0],
            new int[0],
            new int[0],
            new double[0]);
    Snapshot at = Snapshot.of(nobody, DAY, HORIZONS, 0, Level.CAMPAIGN);

    assertEquals(0, Forecast.of(at, Shapes.of(at, 56), 56).levels().worth(Level.ALL, 0, 0));
  }
}
