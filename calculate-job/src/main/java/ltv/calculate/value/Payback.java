package ltv.calculate.value;

import java.util.List;
import java.util.OptionalInt;
import ltv.calculate.model.development.Development;

/** The age at which what users have paid reaches what they cost. */
final class Payback {
  /** The middle of an estimate, its mean. */
  static final int MEAN = -1;

  private final List<Estimate> estimates;
  private final Development common;

  /**
   * A group's way to payback.
   *
   * @param estimates one for each horizon, ascending
   * @param common how value develops between horizons
   */
  Payback(List<Estimate> estimates, Development common) {
    this.estimates = estimates;
    this.common = common;
  }

  /**
   * The first age at which the value is at least the cost; empty where it is not within the
   * horizons, or nothing was spent.
   *
   * @param line {@link #MEAN}, or a place in {@link Estimate#PROBABILITIES}
   */
  OptionalInt at(double cost, int line) {
    if (!(cost > 0)) {
      return OptionalInt.empty();
    }
    double before = 0;
    int from = -1;
    for (Estimate estimate : estimates) {
      double value = line == MEAN ? estimate.total() : estimate.quantiles()[line];
      if (value >= cost) {
        return OptionalInt.of(between(from, estimate.horizon(), before, value, cost));
      }
      before = value;
      from = estimate.horizon();
    }
    return OptionalInt.empty();
  }

  private int between(int from, int to, double before, double value, double cost) {
    double start = from < 0 ? 0 : common.share(from);
    double way = common.share(to) - start;
    for (int age = Math.max(0, from); age < to; age++) {
      double part = way > 0 ? (common.share(age) - start) / way : 0;
      if (before + part * (value - before) >= cost) {
        return age;
      }
    }
    return to;
  }
}
