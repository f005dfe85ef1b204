package ltv.calculate.customer.subject;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import ltv.calculate.customer.history.Customers;
import ltv.calculate.customer.history.Customers.Waits;
import ltv.calculate.model.purchase.PurchaseHistory;
import ltv.calculate.model.purchase.WaitingTime;

/**
 * At which of a waiting time's quantiles a tenth, half and nine tenths of customers really had come
 * (recalibration of quantiles, Kuleshov, Fenner and Ermon 2018). Models that are wrong are wrong in
 * different ways of who pays for a subscription, who has bought once, who has been silent for less
 * than half of such customers are, and who for longer: each has levels of its own.
 *
 * @param groups by the order of {@link Group}, each as {@link #TELL}
 */
record Levels(List<double[]> groups) {
  /** Shares that are told: an interval of 80 % and its middle. */
  static final double[] TELL = {0.1, 0.5, 0.9};

  /** As many customers say as much as the model does. */
  private static final double BELIEF = 20;

  /** Who is told by the same levels. */
  enum Group {
    /** Has paid for a subscription within a month. */
    SUBSCRIBED,

    /** Has bought on one day. */
    ONCE,

    /** Has bought again, and half of such customers at least are silent for as long. */
    ON_TIME,

    /** Has bought again, and is silent for longer. */
    LATE;

    static Group of(WaitingTime time, PurchaseHistory known, double subscribed) {
      if (subscribed > 0) {
        return SUBSCRIBED;
      }
      if (known.repeats() == 0) {
        return ONCE;
      }
      double due = time.quantile(onItsDay(known), 0.5, weeks(NextOrder.WITHIN));
      return known.age() - known.last() > due ? LATE : ON_TIME;
    }
  }

  /** The model's own. */
  static Levels own() {
    return new Levels(Arrays.stream(Group.values()).map(group -> TELL).toList());
  }

  /** A history as it was on the day of the last purchase. */
  static PurchaseHistory onItsDay(PurchaseHistory known) {
    return new PurchaseHistory(known.repeats(), known.last(), known.last());
  }

  /** Of what was met within a time after a day. */
  static Levels of(WaitingTime time, Waits met, double within) {
    List<double[]> groups = new ArrayList<>();
    for (Group group : Group.values()) {
      int[] rows =
          IntStream.range(0, met.days().length)
              .filter(i -> Group.of(time, met.known().get(i), met.subscribed()[i]) == group)
              .toArray();
      double[] shares = new double[rows.length];
      double[] customers = new double[rows.length];
      for (int i = 0; i < rows.length; i++) {
        // a purchase of a day is at its noon
        double noon = weeks(met.days()[rows[i]] - 0.5);
        shares[i] = time.share(met.known().get(rows[i]), noon, weeks(within));
        customers[i] = met.customers()[rows[i]];
      }
      groups.add(met(shares, customers));
    }
    return new Levels(groups);
  }

  private static double[] met(double[] shares, double[] customers) {
    double all = Arrays.stream(customers).sum();
    double[] levels = new double[TELL.length];
    for (int q = 0; q < TELL.length; q++) {
      double met = all > 0 ? Customers.quantile(shares, customers, TELL[q]) : 0;
      levels[q] = (all * met + BELIEF * TELL[q]) / (all + BELIEF);
    }
    return levels;
  }

  /** When a customer comes who comes within a time. */
  Interval of(WaitingTime time, PurchaseHistory known, double subscribed, double within) {
    double[] days =
        Arrays.stream(groups.get(Group.of(time, known, subscribed).ordinal()))
            .map(share -> Customers.DAYS_IN_A_WEEK * time.quantile(known, share, weeks(within)))
            .toArray();
    return Interval.of(days[0], days[1], days[2]);
  }

  private static double weeks(double days) {
    return days / Customers.DAYS_IN_A_WEEK;
  }
}
