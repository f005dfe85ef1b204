package ltv.calculate.path;

import java.util.Arrays;
import java.util.List;

/**
 * Distinct paths, and how many journeys took each. Steps are numbers from 0; a path may be empty,
 * and may have a step more than once.
 *
 * @param steps how many there are, used or not
 * @param courses the steps of each path, in their order
 * @param converting journeys of each path that ended at the target
 * @param others journeys of each path that did not
 */
public record Paths(int steps, List<int[]> courses, double[] converting, double[] others) {
  public Paths {
    courses = List.copyOf(courses);
    if (converting.length != courses.size() || others.length != courses.size()) {
      throw new IllegalArgumentException("each path has a number of journeys that convert or not");
    }
  }

  /** The distinct steps of a path. */
  int[] distinct(int path) {
    return Arrays.stream(courses.get(path)).distinct().toArray();
  }
}
