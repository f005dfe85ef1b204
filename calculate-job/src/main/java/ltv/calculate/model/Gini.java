package ltv.calculate.model;

import java.util.Comparator;
import java.util.stream.IntStream;

/**
 * How well predictions put amounts into their order: the Gini coefficient of the amounts in the
 * order of the predictions over that of the perfect order (as in Wang, Liu and Miao 2019); 1 is
 * perfect, 0 chance.
 */
public final class Gini {
  private Gini() {}

  /** The normalised coefficient; 0 where the amounts are all the same. */
  public static double of(double[] predicted, double[] actual) {
    double perfect = gain(actual, actual);
    return perfect > 0 ? gain(predicted, actual) / perfect : 0;
  }

  /** Amounts weighted by their place, from the middle; what is predicted alike shares places. */
  private static double gain(double[] order, double[] actual) {
    int[] ranked =
        IntStream.range(0, order.length)
            .boxed()
            .sorted(Comparator.comparingDouble(i -> order[i]))
            .mapToInt(i -> i)
            .toArray();
    double sum = 0;
    for (int from = 0, to; from < ranked.length; from = to) {
      double alike = 0;
      for (to = from; to < ranked.length && order[ranked[to]] == order[ranked[from]]; to++) {
        alike += actual[ranked[to]];
      }
      sum += alike * ((from + to - 1) / 2.0 - (ranked.length - 1) / 2.0);
    }
    return sum;
  }
}
