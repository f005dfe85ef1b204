package ltv.calculate.path;

import java.util.Arrays;
import java.util.List;

/** A rule that splits a conversion between the touches before it, whatever other journeys tell. */
public enum Rule {
  /** All to the first touch. */
  FIRST {
    @Override
    double weight(int touch, double[] ages) {
      return touch == 0 ? 1 : 0;
    }
  },
  /** All to the last touch. */
  LAST {
    @Override
    double weight(int touch, double[] ages) {
      return touch == ages.length - 1 ? 1 : 0;
    }
  },
  /** The same to each touch. */
  LINEAR {
    @Override
    double weight(int touch, double[] ages) {
      return 1;
    }
  },
  /**
   * 40 % to the first, 40 % to the last, the rest to those between; of two touches half to each.
   */
  POSITION {
    @Override
    double weight(int touch, double[] ages) {
      boolean end = touch == 0 || touch == ages.length - 1;
      return end || ages.length <= 2 ? END : (1 - 2 * END) / (ages.length - 2);
    }
  },
  /** Half as much for each week before the conversion. */
  DECAY {
    @Override
    double weight(int touch, double[] ages) {
      double latest = Arrays.stream(ages).min().orElse(0); // so that no weight is lost to 0
      return Math.pow(2, -(ages[touch] - latest) / HALF_LIFE);
    }
  };

  private static final double END = .4;
  private static final double HALF_LIFE = 7;

  /** Of one touch, before weights are made to sum to 1. */
  abstract double weight(int touch, double[] ages);

  /**
   * What each touch of a journey gets of a conversion: sums to 1.
   *
   * @param ages days from each touch to the conversion, in the order of the touches; never empty
   */
  public double[] weights(double[] ages) {
    double[] weights = new double[ages.length];
    for (int touch = 0; touch < ages.length; touch++) {
      weights[touch] = weight(touch, ages);
    }
    double sum = Arrays.stream(weights).sum();
    return Arrays.stream(weights).map(weight -> weight / sum).toArray();
  }

  /**
   * What each step gets.
   *
   * @param ages of each path's steps, in days
   * @param amounts what there is to split of each path: conversions, or their value
   */
  public double[] credit(Paths paths, List<double[]> ages, double[] amounts) {
    double[] credit = new double[paths.steps()];
    for (int p = 0; p < amounts.length; p++) {
      int[] course = paths.courses().get(p);
      if (amounts[p] != 0) {
        double[] weights = weights(ages.get(p));
        for (int touch = 0; touch < course.length; touch++) {
          credit[course[touch]] += weights[touch] * amounts[p];
        }
      }
    }
    return credit;
  }
}
