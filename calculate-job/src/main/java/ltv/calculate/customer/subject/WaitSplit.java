package ltv.calculate.customer.subject;

import java.time.LocalDate;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.stream.DoubleStream;
import ltv.calculate.customer.fitted.Quality;
import ltv.calculate.customer.fitted.Trial;
import ltv.calculate.customer.history.Customers;
import ltv.calculate.customer.history.Customers.Waits;
import ltv.calculate.model.purchase.PurchaseModel;
import ltv.calculate.model.purchase.WaitingTime;

/**
 * What was known of customers on a day, and when those bought again who did in the days after it.
 *
 * @param models by name, of all that was known at the end of the days
 * @param waits of who bought again
 * @param days how many
 */
record WaitSplit(Map<String, PurchaseModel> models, Waits waits, int days) {
  /** The split so many days before an end; empty where nobody had bought twice until the end. */
  static Optional<WaitSplit> of(Customers customers, LocalDate end, int days) {
    Map<String, PurchaseModel> models = customers.models(end);
    return models.isEmpty()
        ? Optional.empty()
        : Optional.of(new WaitSplit(models, customers.waits(end.minusDays(days), end), days));
  }

  /** How many customers bought again. */
  double came() {
    return DoubleStream.of(waits.customers()).sum();
  }

  /**
   * Levels of a model of what is known at the end, the one that is asked with them: a model of what
   * was known before is off otherwise.
   */
  Levels levels(String model) {
    return Levels.of(time(model), waits, days);
  }

  /** A model of all that was known at the end, with these levels, asked of who came afterwards. */
  Optional<Trial> trial(String model, Waits since) {
    double all = DoubleStream.of(since.customers()).sum();
    if (!(all > 0) || !(came() > 0)) {
      return Optional.empty();
    }
    WaitingTime time = time(model);
    Levels levels = levels(model);
    Interval everybody = everybody();
    double expected = 0;
    double actual = 0;
    double covered = 0;
    double missed = 0;
    double missedByAll = 0;
    for (int i = 0; i < since.days().length; i++) {
      Interval told = levels.of(time, since.known().get(i), since.subscribed()[i], days);
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

  private WaitingTime time(String model) {
    double[] fitted = models.get(model).fit().parameters();
    return new WaitingTime(fitted[0], fitted[1]);
  }

  /** What one would say of everybody by who came in these days. */
  private Interval everybody() {
    double[] quantiles =
        Arrays.stream(Levels.TELL)
            .map(share -> Customers.quantile(waits.days(), waits.customers(), share))
            .toArray();
    return Interval.of(quantiles[0] - 1, quantiles[1], quantiles[2]);
  }
}
