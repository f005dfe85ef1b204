package ltv.calculate.customer;

import java.util.Arrays;
import java.util.Comparator;
import java.util.stream.IntStream;
import ltv.calculate.customer.Customers.Waits;
import ltv.calculate.model.PurchaseHistory;
import ltv.calculate.model.WaitingTime;

/**
 * At which of a waiting time's quantiles a tenth, half and nine tenths of customers really had come
 * (recalibration of quantiles, Kuleshov, Fenner and Ermon 2018): by who had bought once and who
 * more often, since models that are wrong are wrong of them in different ways.
 */
record Levels(double[] once, double[] again) {
  /** Shares that are told: an interval of 80 % and its middle. */
  static final double[] TELL = {0.1, 0.5, 0.9};

  /** As many customers say as much as the model does. */
  private static final double BELIEF = 20;

  /** The model's own. */
  static final Levels OWN = new Levels(TELL, TELL);

  /** Of what was met within a time after a day. */
  static Levels of(WaitingTime time, Waits met, double within) {
    return new Levels(of(time, met, within, true), of(time, met, within, false));
  }

  private static double[] of(WaitingTime time, Waits met, double within, boolean once) {
    int[] rows =
        IntStream.range(0, met.days().length)
            .filter(i -> (met.known().get(i).repeats() == 0) == once)
            .toArray();
    double[] shares = new double[met.days().length];
    for (int i : rows) {
      // a purchase of a day is at its noon
      shares[i] = time.share(met.known().get(i), weeks(met.days()[i] - 0.5), weeks(within));
    }
    int[] order =
        Arrays.stream(rows)
            .boxed()
            .sorted(Comparator.comparingDouble(i -> shares[i]))
            .mapToInt(i -> i)
            .toArray();
    double all = Arrays.stream(order).mapToDouble(i -> met.customers()[i]).sum();
    double[] levels = new double[TELL.length];
    for (int q = 0; q < TELL.length; q++) {
      double reached = 0;
      double found = TELL[q];
      for (int n = 0; n < order.length && reached < TELL[q] * all; n++) {
        reached += met.customers()[order[n]];
        found = shares[order[n]];
      }
      levels[q] = (all * found + BELIEF * TELL[q]) / (all + BELIEF);
    }
    return levels;
  }

  /** When a customer comes who comes within a time. */
  Interval of(WaitingTime time, PurchaseHistory known, double within) {
    double[] levels = known.repeats() == 0 ? once : again;
    double[] days =
        Arrays.stream(levels)
            .map(share -> Customers.DAYS_IN_A_WEEK * time.quantile(known, share, weeks(within)))
            .toArray();
    return Interval.of(days[0], days[1], days[2]);
  }

  private static double weeks(double days) {
    return days / Customers.DAYS_IN_A_WEEK;
  }
}
