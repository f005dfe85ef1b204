package ltv.calculate.customer;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.DoubleStream;
import ltv.calculate.customer.FittedModel.State;
import ltv.calculate.model.PurchaseHistories;
import ltv.calculate.model.PurchaseHistory;
import ltv.calculate.model.PurchaseModel;
import ltv.calculate.model.WaitingTime;
import ltv.lake.Fingerprint;

/** When customers buy next who buy again within half a year: the middle and an interval of 80 %. */
final class NextOrder implements Subject {
  static final String NAME = "next_order";

  /** Half a year: a wait that is longer is a customer won anew. */
  static final int WITHIN = 180;

  private static final String SUFFIX = "_wait";
  private static final int FEWEST_DAYS = 7;
  private static final List<String> LEVELS =
      List.of("once.low", "once.middle", "once.high", "again.low", "again.middle", "again.high");

  /**
   * A model with its levels.
   *
   * @param time of purchases, in weeks
   */
  record Waiting(WaitingTime time, Levels levels) {
    /** By parameters in the order in which they are told. */
    static Waiting of(double[] told) {
      int n = Levels.TELL.length;
      return new Waiting(
          new WaitingTime(told[0], told[1]),
          new Levels(
              Arrays.copyOfRange(told, 2, 2 + n), Arrays.copyOfRange(told, 2 + n, 2 + 2 * n)));
    }

    /** When such a customer buys next, counted from the as-of date. */
    Interval next(PurchaseHistory known) {
      return levels.of(time, known, WITHIN);
    }

    /** When, counted from the last purchase and by what was known on its day. */
    Interval sinceLast(PurchaseHistory known) {
      PurchaseHistory then = new PurchaseHistory(known.repeats(), known.last(), known.last());
      return Levels.OWN.of(time, then, WITHIN);
    }
  }

  @Override
  public List<FittedModel> fit(Customers customers, LocalDate until, int daysOfTrial) {
    Customers.Bought seen = customers.purchases(until, until);
    PurchaseHistories histories = seen.histories();
    if (histories.repeats() == 0) {
      return List.of();
    }
    // what is fitted, what levels are learnt from and what tries them are as long
    int days = Math.min(WITHIN, customers.daysSinceFirst(until) / 3);
    boolean learns = days >= FEWEST_DAYS;
    Optional<WaitSplit> newest = learns ? WaitSplit.of(customers, until, days) : Optional.empty();
    Optional<WaitSplit> before =
        learns ? WaitSplit.of(customers, until.minusDays(days), days) : Optional.empty();
    List<FittedModel> models = new ArrayList<>();
    Purchases.fitted(histories)
        .forEach(
            (kind, model) -> {
              Levels levels = newest.map(split -> split.levels(kind)).orElse(Levels.OWN);
              models.add(
                  new FittedModel(
                      NAME,
                      kind + SUFFIX,
                      until,
                      State.CANDIDATE,
                      false,
                      estimates(model, levels),
                      histories.customers(),
                      newest.map(split -> Math.round(split.came())).orElse(0L),
                      data(seen, newest),
                      before.flatMap(
                          split -> newest.flatMap(test -> split.trial(kind, test.waits())))));
            });
    return models;
  }

  private static Estimates estimates(PurchaseModel model, Levels levels) {
    double[] shares =
        DoubleStream.concat(DoubleStream.of(levels.once()), DoubleStream.of(levels.again()))
            .toArray();
    return Estimates.of(model.fit(), Purchases.PARAMETERS).first(2).with(LEVELS, shares);
  }

  private static String data(Customers.Bought seen, Optional<WaitSplit> newest) {
    Fingerprint data = Fingerprint.start().add(Purchases.data(seen));
    newest.ifPresent(
        split ->
            data.add(Arrays.toString(split.waits().days()))
                .add(Arrays.toString(split.waits().customers())));
    return data.hex();
  }
}
