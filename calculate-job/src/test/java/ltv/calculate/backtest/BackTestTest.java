package ltv.calculate.backtest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import ltv.calculate.forecast.CohortFacts;
import ltv.calculate.forecast.Forecasts.Method;
import ltv.calculate.forecast.Groups.Level;
import ltv.calculate.forecast.Rest;
import ltv.calculate.forecast.Shop;
import org.junit.jupiter.api.Test;

class BackTestTest {
  private static final int DAY = 239;
  private static final CohortFacts SHOP = Shop.after(DAY + 1, 14, 9);
  private static final List<Integer> HORIZONS = List.of(0, 7, 30, 360);
  private static final List<Tested> TESTS = BackTest.run(SHOP, HORIZONS, DAY);

  private static List<Tested> of(int horizon, Level level) {
    return TESTS.stream()
        .filter(t -> t.horizon() == horizon && t.level() == level && t.whole())
        .toList();
  }

  @Test
  void tests_are_of_days_whose_horizon_has_passed_two_weeks_apart() {
    Set<Integer> days =
        of(30, Level.CAMPAIGN).stream()
            .map(Tested::day)
            .collect(Collectors.toCollection(TreeSet::new));

    assertEquals(
        new TreeSet<>(IntStream.range(0, 12).map(i -> DAY - 35 - 14 * i).boxed().toList()), days);
    assertEquals(List.of(), of(0, Level.CAMPAIGN), "everybody has reached day 0");
    assertEquals(List.of(), of(360, Level.CAMPAIGN), "no day is so far back");
  }

  @Test
  void what_came_is_what_was_paid_after_the_day_until_the_horizon() {
    Tested test = of(30, Level.CAMPAIGN).get(0);
    double actual = 0;
    double observed = 0;
    for (int p = 0; p < SHOP.paid().length; p++) {
      int cohort = SHOP.paidBy()[p];
      int age = test.day() - SHOP.day()[cohort];
      boolean own = SHOP.groups().ofSegment(Level.CAMPAIGN, SHOP.segment()[cohort]) == test.group();
      if (own && age >= 0 && age < 30) {
        observed += SHOP.paidAge()[p] <= age ? SHOP.paid()[p] : 0;
        actual += SHOP.paidAge()[p] > age && SHOP.paidAge()[p] <= 30 ? SHOP.paid()[p] : 0;
      }
    }

    assertEquals(actual, test.actual(), 1e-6);
    assertEquals(observed, test.observed(), 1e-6);
  }

  @Test
  void the_young_are_tested_by_themselves() {
    Tested young =
        TESTS.stream()
            .filter(t -> t.horizon() == 30 && !t.whole() && t.level() == Level.CAMPAIGN)
            .findFirst()
            .orElseThrow();
    double actual = 0;
    for (int p = 0; p < SHOP.paid().length; p++) {
      int cohort = SHOP.paidBy()[p];
      int age = young.day() - SHOP.day()[cohort];
      if (SHOP.groups().ofSegment(Level.CAMPAIGN, SHOP.segment()[cohort]) == young.group()
          && age >= 0
          && age <= 5
          && SHOP.paidAge()[p] > age
          && SHOP.paidAge()[p] <= 30) {
        actual += SHOP.paid()[p];
      }
    }

    assertEquals(5, young.oldest(), "a sixth of the horizon");
    assertEquals(actual, young.actual(), 1e-6);
  }

  @Test
  void the_method_is_the_one_that_was_nearest() {
    for (Method method : Method.values()) {
      List<Tested> told = of(30, Level.CAMPAIGN).stream().map(t -> cameAsSaid(t, method)).toList();

      assertEquals(method, Calibration.of(told, 30, day -> true).method());
    }
  }

  /** The test as if what came was what a method had said. */
  private static Tested cameAsSaid(Tested t, Method method) {
    return new Tested(
        t.day(),
        t.horizon(),
        t.oldest(),
        t.level(),
        t.group(),
        t.users(),
        t.observed(),
        t.said(),
        t.ownRate(),
        t.multiplier(),
        t.lastMonth(),
        t.by(method).mean());
  }

  @Test
  void channels_and_all_are_sums_of_campaigns() {
    for (int day : of(7, Level.ALL).stream().map(Tested::day).toList()) {
      double campaigns = sum(7, Level.CAMPAIGN, day);
      assertEquals(campaigns, sum(7, Level.CHANNEL, day), 1e-6 * campaigns);
      assertEquals(campaigns, sum(7, Level.ALL, day), 1e-6 * campaigns);
    }
  }

  private static double sum(int horizon, Level level, int day) {
    return of(horizon, level).stream()
        .filter(t -> t.day() == day)
        .mapToDouble(t -> t.by(Method.SHRUNK_MULTIPLIER).mean())
        .sum();
  }

  @Test
  void a_forecast_of_an_earlier_day_does_not_know_what_came_later() {
    CohortFacts until = Shop.after(DAY + 1, 14, 9);
    double[] paid = until.paid().clone();
    Tested test = of(30, Level.CAMPAIGN).get(0);
    for (int p = 0; p < paid.length; p++) {
      int day = until.day()[until.paidBy()[p]] + until.paidAge()[p];
      paid[p] *= day > test.day() ? 100 : 1;
    }
    CohortFacts dearer =
        new CohortFacts(
            until.groups(),
            until.segment(),
            until.day(),
            until.users(),
            until.cost(),
            until.payers(),
            until.paidBy(),
            until.paidAge(),
            paid);

    Tested other =
        BackTest.run(dearer, HORIZONS, DAY).stream()
            .filter(t -> t.horizon() == 30 && t.level() == Level.CAMPAIGN && t.whole())
            .filter(t -> t.day() == test.day() && t.group() == test.group())
            .findFirst()
            .orElseThrow();

    assertEquals(test.said(), other.said());
    assertEquals(test.ownRate(), other.ownRate());
    assertEquals(test.lastMonth(), other.lastMonth());
    assertEquals(100 * test.actual(), other.actual(), 1e-3);
  }

  @Test
  void bands_are_as_wide_as_what_was_missed() {
    Calibration calibration = Calibration.of(TESTS, 30, day -> true);
    List<Tested> campaigns = of(30, Level.CAMPAIGN);

    long within =
        campaigns.stream()
            .filter(
                t -> {
                  Rest rest = calibration.corrected(t);
                  double low = calibration.quantile(t.level(), t.observed(), rest, .1);
                  double high = calibration.quantile(t.level(), t.observed(), rest, .9);
                  return low <= t.actual() && t.actual() <= high;
                })
            .count();

    assertEquals(.8, (double) within / campaigns.size(), .07);
    assertTrue(!calibration.provisional(Level.CAMPAIGN));
    assertTrue(calibration.provisional(Level.ALL), "twelve scores are too few");
  }

  @Test
  void what_groups_have_in_common_is_learnt_by_fewer_tests() {
    List<Tested> ofGroups = new ArrayList<>();
    List<Tested> ofNoGroups = new ArrayList<>();
    for (int i = 0; i < 40; i++) {
      ofGroups.add(told(i / 5, i % 5, 1_000 + 50 * (i / 5)));
      ofNoGroups.add(told(i % 8, i / 8, 1_000 + 50 * (i / 5)));
    }

    assertTrue(width(ofGroups) > 1.05 * width(ofNoGroups));
  }

  private static Tested told(int group, int day, double actual) {
    List<Rest> said = Collections.nCopies(3, new Rest(1_200, 90_000, 0, 0, 1));
    return new Tested(day, 1, 0, Level.CAMPAIGN, group, 10, 0, said, 0, 0, 0, actual);
  }

  private static double width(List<Tested> tests) {
    Calibration calibration = Calibration.of(tests, 1, day -> true);
    Rest rest = new Rest(1_200, 90_000, 0, 0, 1);
    return calibration.quantile(Level.CAMPAIGN, 0, rest, .8)
        - calibration.quantile(Level.CAMPAIGN, 0, rest, .2);
  }

  @Test
  void without_tests_bands_are_those_of_the_forecast_and_provisional() {
    Calibration calibration = Calibration.of(List.of(), 30, day -> true);
    Rest rest = new Rest(1_000, 90_000, 0, 0, 1);

    assertTrue(calibration.provisional(Level.CAMPAIGN));
    assertEquals(1, calibration.correction(DAY));
    double low = calibration.quantile(Level.CAMPAIGN, 0, rest, .1);
    double high = calibration.quantile(Level.CAMPAIGN, 0, rest, .9);
    // a standard deviation of three tenths, and fifteen per cent of what models use to be off
    assertEquals(1_000 * 1.2816 * 2 * Math.sqrt(.09 + .0225), high - low, 20);
  }
}
