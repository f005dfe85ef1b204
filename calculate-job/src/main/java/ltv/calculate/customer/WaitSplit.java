package ltv.calculate.customer;

import java.time.LocalDate;
import java.util.Comparator;
import java.util.Optional;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import ltv.calculate.customer.Customers.Waits;
import ltv.calculate.model.PurchaseHistories;
import ltv.calculate.model.WaitingTime;

/**
 * What was known of customers on a day, and when those bought again who did in the days after it.
 *
 * @param before histories on the day, with a repeat purchase at least
 * @param after histories at the end of the days
 * @param waits of who bought again
 * @param days how many
 */
record WaitSplit(PurchaseHistories before, PurchaseHistories after, Waits waits, int days) {
  /** The split so many days before an end; empty where nobody had bought twice by then. */
  static Optional<WaitSplit> of(Customers customers, LocalDate end, int days) {
    LocalDate seen = end.minusDays(days);
    PurchaseHistories before = customers.purchases(seen, seen).histories();
    return before.repeats() == 0
        ? Optional.empty()
        : Optional.of(
            new WaitSplit(
                before,
                customers.purchases(end, end).histories(),
                customers.waits(seen, end),
                days));
  }

  /** How many customers bought again. */
  double came() {
    return DoubleStream.of(waits.customers()).sum();
  }

  /** Levels of a model of what was known before. */
  Levels levels(String model) {
    return Levels.of(time(before, model), waits, days);
  }

  /** A model of all that was known at the end, with these levels, asked of who came afterwards. */
  Optional<Trial> trial(String model, Waits since) {
    double all = DoubleStream.of(since.customers()).sum();
    if (!(all > 0) || !(came() > 0)) {
      return Optional.empty();
    }
    WaitingTime time = time(after, model);
    Levels levels = levels(model);
    Interval everybody = everybody();
    double expected = 0;
    double actual = 0;
    double covered = 0;
    double missed = 0;
    double missedByAll = 0;
    for (int i = 0; i < since.days().length; i++) {
      Interval told = levels.of(time, since.known().get(i), days);
      double many = since.customers()[i];
      double day = since.days()[i];
      expected += many * told.middle();
      actual += many * day;
      covered += told.covers(day) ? many : 0;
      missed += many * told.missed(day);
      missedByAll += many * everybody.missed(day);
    }
    return Optional.of(
        new Trial(
            days,
            Math.round(all),
            all,
            expected / all,
            actual / all,
            missed / all,
            missedByAll / all,
            Quality.ofIntervals(covered / all)));
  }

  private static WaitingTime time(PurchaseHistories histories, String model) {
    double[] fitted = Purchases.fitted(histories).get(model).fit().parameters();
    return new WaitingTime(fitted[0], fitted[1]);
  }

  /** What one would say of everybody by who came in these days. */
  private Interval everybody() {
    int[] order =
        IntStream.range(0, waits.days().length)
            .boxed()
            .sorted(Comparator.comparingDouble(i -> waits.days()[i]))
            .mapToInt(i -> i)
            .toArray();
    double[] quantiles = new double[Levels.TELL.length];
    for (int q = 0; q < quantiles.length; q++) {
      double reached = 0;
      for (int n = 0; n < order.length && reached < Levels.TELL[q] * came(); n++) {
        reached += waits.customers()[order[n]];
        quantiles[q] = waits.days()[order[n]];
      }
    }
    return Interval.of(quantiles[0] - 1, quantiles[1], quantiles[2]);
  }
}
