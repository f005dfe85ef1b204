package ltv.calculate.model.purchase;

import java.util.Arrays;
import java.util.Comparator;
import java.util.Map;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import ltv.calculate.model.Fit;
import ltv.calculate.model.Likelihood;
import ltv.calculate.model.Maximum;

/**
 * What is known of customers' repeat purchases: each distinct history once, with how many customers
 * have it, in one order whatever the order of the customers. A likelihood costs a sum over distinct
 * histories, of which there are far fewer than customers.
 */
public final class PurchaseHistories {
  private static final double SCALED_AGE = 10;

  private final PurchaseHistory[] histories;
  private final long[] customers;

  private PurchaseHistories(PurchaseHistory[] histories, long[] customers) {
    this.histories = histories;
    this.customers = customers;
  }

  /** Histories with how many customers have each. */
  public static PurchaseHistories of(Map<PurchaseHistory, Long> customers) {
    PurchaseHistory[] histories = customers.keySet().toArray(new PurchaseHistory[0]);
    Arrays.sort(
        histories,
        Comparator.comparingInt(PurchaseHistory::repeats)
            .thenComparingDouble(PurchaseHistory::last)
            .thenComparingDouble(PurchaseHistory::age));
    return new PurchaseHistories(
        histories, Arrays.stream(histories).mapToLong(customers::get).toArray());
  }

  /** How many customers there are. */
  public long customers() {
    return Arrays.stream(customers).sum();
  }

  /** Over all customers, what a function says of each. */
  public double sum(ToDoubleFunction<PurchaseHistory> of) {
    double sum = 0;
    for (int i = 0; i < histories.length; i++) {
      sum += customers[i] * of.applyAsDouble(histories[i]);
    }
    return sum;
  }

  /** Of how many distinct histories. */
  int size() {
    return histories.length;
  }

  /** The i-th distinct history, by repeats, then by time. */
  PurchaseHistory history(int i) {
    return histories[i];
  }

  /** How many customers have the i-th. */
  long customers(int i) {
    return customers[i];
  }

  /** Of all customers. */
  public long repeats() {
    return Math.round(sum(PurchaseHistory::repeats));
  }

  /**
   * The likeliest parameters of a model with four, from one start, in time scaled so that ages are
   * at most 10.
   *
   * @param times which of the parameters are times
   */
  Fit fit(Function<PurchaseHistories, Likelihood> likelihood, int... times) {
    double unit = oldest() / SCALED_AGE;
    Fit found = Maximum.of(likelihood.apply(inTime(1 / unit)), 1, 1, 1, 1);
    return found.inOwnUnit(unit, repeats(), times);
  }

  /** The age of the oldest customer; 1 when nobody has one, so that time can be divided by it. */
  private double oldest() {
    double oldest = Arrays.stream(histories).mapToDouble(PurchaseHistory::age).max().orElse(0);
    return oldest > 0 ? oldest : 1;
  }

  /** The same with every time multiplied. */
  PurchaseHistories inTime(double factor) {
    return new PurchaseHistories(
        Arrays.stream(histories)
            .map(h -> new PurchaseHistory(h.repeats(), h.last() * factor, h.age() * factor))
            .toArray(PurchaseHistory[]::new),
        customers);
  }
}
