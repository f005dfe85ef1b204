package ltv.calculate.customer.subject;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import ltv.calculate.customer.history.Customers.Waits;
import ltv.calculate.customer.subject.Levels.Group;
import ltv.calculate.model.purchase.PurchaseHistory;
import ltv.calculate.model.purchase.WaitingTime;
import org.junit.jupiter.api.Test;

class LevelsTest {
  private static final WaitingTime TIME = new WaitingTime(1, 4);
  private static final double WITHIN = 180;

  @Test
  void a_day_belongs_to_an_interval_with_more_than_half_of_it() {
    assertEquals(new Interval(3, 6, 9), Interval.of(2.4, 5.2, 8.6));
    assertEquals(new Interval(4, 6, 8), Interval.of(2.6, 5.2, 8.4));
    assertEquals(new Interval(1, 1, 1), Interval.of(.1, .2, .3), "one day at least");
    assertTrue(new Interval(3, 6, 9).covers(3) && new Interval(3, 6, 9).covers(9));
    assertFalse(new Interval(3, 6, 9).covers(2) || new Interval(3, 6, 9).covers(10));
  }

  @Test
  void a_miss_costs_by_the_share_that_was_told() {
    assertEquals(
        (.1 * 7 + .5 * 4 + .1 * 1) / 3 + (.8 * 1) / 3, new Interval(3, 6, 9).missed(10), 1e-12);
    assertEquals((.9 * 1 + .5 * 4 + .1 * 7) / 3, new Interval(3, 6, 9).missed(2), 1e-12);
  }

  @Test
  void groups_are_by_subscription_by_repeats_and_by_who_is_late() {
    double due = 7 * TIME.quantile(new PurchaseHistory(3, 9, 9), .5, WITHIN / 7);

    assertEquals(Group.SUBSCRIBED, Group.of(TIME, new PurchaseHistory(0, 0, 9), 1));
    assertEquals(Group.ONCE, Group.of(TIME, new PurchaseHistory(0, 0, 9), 0));
    assertEquals(Group.ON_TIME, Group.of(TIME, new PurchaseHistory(3, 9, 9 + due / 7), 0));
    assertEquals(Group.LATE, Group.of(TIME, new PurchaseHistory(3, 9, 9 + due / 7 + .1), 0));
  }

  /** Customers who come sooner than a model thinks, by a power of its share. */
  private static Waits sooner(int n, double power, long seed) {
    Random random = new Random(seed);
    List<PurchaseHistory> known = new ArrayList<>();
    double[] days = new double[n];
    for (int i = 0; i < n; i++) {
      int repeats = random.nextInt(4);
      known.add(new PurchaseHistory(repeats, repeats == 0 ? 0 : 5, 6 + random.nextInt(20)));
      double share = Math.pow(random.nextDouble(), power);
      days[i] = Math.ceil(7 * TIME.quantile(known.get(i), share, WITHIN / 7));
    }
    double[] one = new double[n];
    Arrays.fill(one, 1);
    return new Waits(known, new double[n], days, one);
  }

  @Test
  void a_model_that_is_off_covers_what_is_told_once_its_levels_are_learnt() {
    Levels levels = Levels.of(TIME, sooner(20_000, 2, 1), WITHIN);
    Waits later = sooner(20_000, 2, 2);

    assertEquals(.8, covered(levels, later), .02);
    assertTrue(covered(Levels.own(), later) < .75, "the model by itself does not");
  }

  private static double covered(Levels levels, Waits met) {
    double covered = 0;
    for (int i = 0; i < met.days().length; i++) {
      covered += levels.of(TIME, met.known().get(i), 0, WITHIN).covers(met.days()[i]) ? 1 : 0;
    }
    return covered / met.days().length;
  }

  @Test
  void of_nobody_levels_are_the_models_own() {
    Waits nobody = new Waits(List.of(), new double[0], new double[0], new double[0]);

    Levels.of(TIME, nobody, WITHIN).groups().forEach(levels -> assertEquals(.5, levels[1], 1e-12));
  }
}
