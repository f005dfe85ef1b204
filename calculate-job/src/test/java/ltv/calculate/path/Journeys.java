package ltv.calculate.path;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/** Paths for tests: written as texts, or drawn. */
final class Journeys {
  private static final int LONGEST = 7;
  private static final int MOST_OF_A_PATH = 6;

  private final List<int[]> courses = new ArrayList<>();
  private final List<Double> converting = new ArrayList<>();
  private final List<Double> others = new ArrayList<>();

  /** Adds a path such as {@code a>b}. */
  Journeys path(String text, int convert, int end) {
    courses.add(Arrays.stream(text.split(">")).mapToInt(step -> step.charAt(0) - 'a').toArray());
    converting.add((double) convert);
    others.add((double) end);
    return this;
  }

  /** With {@code steps} steps, a, b and so on. */
  Paths of(int steps) {
    return new Paths(
        steps,
        courses,
        converting.stream().mapToDouble(c -> c).toArray(),
        others.stream().mapToDouble(o -> o).toArray());
  }

  /** Of random steps below {@code used}, of which the first path converts. */
  static Paths drawn(Random chance, int steps, int used, int paths) {
    List<int[]> courses = new ArrayList<>();
    double[] converting = new double[paths];
    double[] others = new double[paths];
    for (int p = 0; p < paths; p++) {
      courses.add(chance.ints(1 + chance.nextInt(LONGEST), 0, used).toArray());
      converting[p] = chance.nextInt(MOST_OF_A_PATH) + (p == 0 ? 1 : 0);
      others[p] = chance.nextInt(MOST_OF_A_PATH);
    }
    return new Paths(steps, courses, converting, others);
  }

  /** Each touch a day before the next. */
  static List<double[]> ages(Paths paths) {
    return paths.courses().stream().map(course -> range(course.length)).toList();
  }

  private static double[] range(int length) {
    double[] ages = new double[length];
    for (int i = 0; i < length; i++) {
      ages[i] = length - i;
    }
    return ages;
  }
}
