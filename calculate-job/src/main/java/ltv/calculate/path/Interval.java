package ltv.calculate.path;

import java.util.Arrays;

/**
 * What a number is within, with 95 %.
 *
 * @param low lower end
 * @param high upper end
 */
public record Interval(double low, double high) {
  /** Of a standard normal number, what 95 % are within. */
  static final double Z = 1.959963984540054;

  private static final double TAIL = .025;

  /** Of a share that was seen: Wilson's (Probable inference, 1927). */
  public static Interval wilson(double successes, double trials) {
    double share = successes / trials;
    double scale = 1 + Z * Z / trials;
    double middle = (share + Z * Z / (2 * trials)) / scale;
    double half =
        Z * Math.sqrt(share * (1 - share) / trials + Z * Z / (4 * trials * trials)) / scale;
    return new Interval(Math.max(0, middle - half), Math.min(1, middle + half));
  }

  /** The middle 95 % of what recounts said; at least two. */
  static Interval of(double[] recounts) {
    double[] sorted = recounts.clone();
    Arrays.sort(sorted);
    return new Interval(quantile(sorted, TAIL), quantile(sorted, 1 - TAIL));
  }

  private static double quantile(double[] sorted, double probability) {
    double place = probability * (sorted.length - 1);
    int below = (int) place;
    double rest = place - below;
    return rest == 0 ? sorted[below] : sorted[below] + rest * (sorted[below + 1] - sorted[below]);
  }
}
