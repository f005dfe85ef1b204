package ltv.calculate.model.purchase;

import java.util.Arrays;

/**
 * What customers spent at a time, of those who spent at all: how often, and the mean of it. Money
 * in any one unit.
 */
public final class Spend {
  private final int[] times;
  private final double[] each;

  private Spend(int[] times, double[] each) {
    this.times = times;
    this.each = each;
  }

  /**
   * Of these customers; those who never spent, or whose mean is not above 0, have no place in it.
   *
   * @param times how often each spent
   * @param each the mean of what each spent
   */
  public static Spend of(int[] times, double[] each) {
    int[] kept =
        java.util.stream.IntStream.range(0, times.length)
            .filter(i -> times[i] > 0 && each[i] > 0)
            .toArray();
    return new Spend(
        Arrays.stream(kept).map(i -> times[i]).toArray(),
        Arrays.stream(kept).mapToDouble(i -> each[i]).toArray());
  }

  /** How many customers spent. */
  public int customers() {
    return times.length;
  }

  int times(int i) {
    return times[i];
  }

  double each(int i) {
    return each[i];
  }

  /** How many customers spent so often, by how often. */
  long[] countsByTimes() {
    long[] counts = new long[Arrays.stream(times).max().orElse(0) + 1];
    Arrays.stream(times).forEach(x -> counts[x]++);
    return counts;
  }

  /** Of customers, not of purchases; 1 where there are none. */
  double mean() {
    return Arrays.stream(each).average().orElse(1);
  }

  /** Pearson's, of how often and how much; 0 where either does not vary. */
  public double correlation() {
    double meanTimes = Arrays.stream(times).average().orElse(0);
    double meanEach = mean();
    double both = 0;
    double ofTimes = 0;
    double ofEach = 0;
    for (int i = 0; i < times.length; i++) {
      double a = times[i] - meanTimes;
      double b = each[i] - meanEach;
      both += a * b;
      ofTimes += a * a;
      ofEach += b * b;
    }
    return ofTimes > 0 && ofEach > 0 ? both / Math.sqrt(ofTimes * ofEach) : 0;
  }
}
