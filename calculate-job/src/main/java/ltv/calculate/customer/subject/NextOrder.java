package ltv.calculate.customer.subject;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import ltv.calculate.customer.fitted.Estimates;
import ltv.calculate.customer.fitted.FittedModel;
import ltv.calculate.customer.fitted.FittedModel.State;
import ltv.calculate.customer.history.Customers;
import ltv.calculate.model.purchase.PurchaseHistories;
import ltv.calculate.model.purchase.PurchaseHistory;
import ltv.calculate.model.purchase.PurchaseModel;
import ltv.calculate.model.purchase.WaitingTime;
import ltv.lake.Fingerprint;

/** When customers buy next who buy again within half a year: the middle and an interval of 80 %. */
public final class NextOrder implements Subject {
  /** As {@code model_fit} calls it. */
  public static final String NAME = "next_order";

  /** Half a year: a wait that is longer is a customer won anew. */
  static final int WITHIN = 180;

  private static final String SUFFIX = "_wait";
  private static final int FEWEST_DAYS = 7;

  /** r and alpha: who has left does not come, so that a and b have no part. */
  private static final int TIMES = 2;

  private static final List<String> LEVELS =
      Arrays.stream(Levels.Group.values())
          .map(group -> group.name().toLowerCase(Locale.ROOT))
          .flatMap(group -> Stream.of(group + ".low", group + ".middle", group + ".high"))
          .toList();

  /**
   * A model with its levels.
   *
   * @param time of purchases, in weeks
   */
  public record Waiting(WaitingTime time, Levels levels) {
    /** By parameters in the order in which they are told. */
    public static Waiting of(double[] told) {
      List<double[]> groups = new ArrayList<>();
      for (int at = TIMES; at < told.length; at += Levels.TELL.length) {
        groups.add(Arrays.copyOfRange(told, at, at + Levels.TELL.length));
      }
      return new Waiting(new WaitingTime(told[0], told[1]), new Levels(groups));
    }

    /** When such a customer buys next, counted from the as-of date. */
    public Interval next(PurchaseHistory known, double subscribed) {
      return levels.of(time, known, subscribed, WITHIN);
    }

    /** When, counted from the last purchase and by what was known on its day. */
    public Interval sinceLast(PurchaseHistory known) {
      return Levels.own().of(time, Levels.onItsDay(known), 0, WITHIN);
    }
  }

  @Override
  public List<FittedModel> fit(Customers customers, LocalDate until, int daysOfTrial) {
    Customers.Bought seen = customers.purchases(until, until);
    PurchaseHistories histories = seen.histories();
    if (histories.repeats() == 0) {
      return List.of();
    }
    int since = customers.daysSinceFirst(until);
    Optional<WaitSplit> newest = split(customers, until, Math.min(WITHIN, since / 2));
    // what is fitted, what levels are learnt from and what tries them are as long
    int third = Math.min(WITHIN, since / 3);
    Optional<WaitSplit> test = split(customers, until, third);
    Optional<WaitSplit> before = split(customers, until.minusDays(third), third);
    String data = data(seen, newest);
    List<FittedModel> models = new ArrayList<>();
    new TreeMap<>(customers.models(until))
        .forEach(
            (kind, model) -> {
              Levels levels = newest.map(split -> split.levels(kind)).orElse(Levels.own());
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
                      data,
                      before.flatMap(
                          split -> test.flatMap(met -> split.trial(kind, met.waits())))));
            });
    return models;
  }

  private static Optional<WaitSplit> split(Customers customers, LocalDate end, int days) {
    return days < FEWEST_DAYS ? Optional.empty() : WaitSplit.of(customers, end, days);
  }

  private static Estimates estimates(PurchaseModel model, Levels levels) {
    double[] shares = levels.groups().stream().flatMapToDouble(Arrays::stream).toArray();
    return Estimates.of(model.fit(), Purchases.PARAMETERS).first(TIMES).with(LEVELS, shares);
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
