package ltv.calculate.model.regression;

import java.util.Arrays;
import java.util.Comparator;
import java.util.stream.IntStream;

/**
 * What users did in their first days and what each has paid since: each distinct row once, with its
 * weight, in one order whatever the order of the users.
 */
public final class UserRows {
  private final int width;
  private final double[][] features;
  private final double[] paid;
  private final double[] weights;

  private UserRows(int width, double[][] features, double[] paid, double[] weights) {
    this.width = width;
    this.features = features;
    this.paid = paid;
    this.weights = weights;
  }

  /**
   * Of these users; those without a weight above 0 have no place in it.
   *
   * @param features of each user, as many for each, all finite
   * @param paid by each, in any one unit of money; what is not above 0 is nothing
   * @param weights of each: how many users a row stands for
   */
  public static UserRows of(double[][] features, double[] paid, double[] weights) {
    int[] order =
        IntStream.range(0, paid.length)
            .filter(i -> weights[i] > 0)
            .boxed()
            .sorted(
                Comparator.<Integer>comparingDouble(i -> Math.max(0, paid[i]))
                    .thenComparing(i -> features[i], Arrays::compare))
            .mapToInt(i -> i)
            .toArray();
    double[][] distinct = new double[order.length][];
    double[] paidBy = new double[order.length];
    double[] together = new double[order.length];
    int n = 0;
    for (int i : order) {
      double amount = Math.max(0, paid[i]);
      if (n == 0 || paidBy[n - 1] != amount || !Arrays.equals(distinct[n - 1], features[i])) {
        distinct[n] = features[i];
        paidBy[n++] = amount;
      }
      together[n - 1] += weights[i];
    }
    return new UserRows(
        features.length == 0 ? 0 : features[0].length,
        Arrays.copyOf(distinct, n),
        Arrays.copyOf(paidBy, n),
        Arrays.copyOf(together, n));
  }

  /** Those who paid. */
  UserRows payers() {
    int first = 0;
    while (first < paid.length && paid[first] == 0) {
      first++;
    }
    return new UserRows(
        width,
        Arrays.copyOfRange(features, first, paid.length),
        Arrays.copyOfRange(paid, first, paid.length),
        Arrays.copyOfRange(weights, first, paid.length));
  }

  /** Of how many distinct rows. */
  int size() {
    return paid.length;
  }

  /** How many features a row has. */
  int width() {
    return width;
  }

  /** Those of the i-th row, by what is paid, then by features. */
  double[] features(int i) {
    return features[i];
  }

  /** What each user of the i-th row paid. */
  double paid(int i) {
    return paid[i];
  }

  double weight(int i) {
    return weights[i];
  }

  /** How many users there are. */
  double users() {
    return Arrays.stream(weights).sum();
  }
}
