package ltv.calculate.journey;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import ltv.calculate.path.Paths;
import ltv.dataset.Computation;
import ltv.engine.Session;

/**
 * The paths of scopes with enough users, from {@code path_count}, in numbers: there may be a
 * million.
 *
 * @param steps the names of all steps, sorted
 * @param scopes day, target, scope, channel, campaign and platform of each
 * @param courses of each distinct path the numbers of its steps
 * @param numbers scope, path, users and conversions, in the order of scopes
 */
record ScopedPaths(
    List<String> steps, List<List<String>> scopes, List<int[]> courses, double[][] numbers) {
  private static final int SCOPE = 0;
  private static final int PATH = 1;
  private static final int USERS = 2;
  private static final int CONVERSIONS = 3;

  /**
   * Reads them.
   *
   * @param session has {@code path_count} and {@code step_visit} by their names
   */
  static ScopedPaths read(Session session) {
    session.keep("path_scope", Computation.query(ScopedPaths.class, "path_scopes"));
    session.keep("path_word", Computation.query(ScopedPaths.class, "path_words"));
    List<List<String>> scopes =
        session.rows(Computation.query(ScopedPaths.class, "scope_names")).stream()
            .map(row -> row.stream().map(Object::toString).toList())
            .toList();
    List<String[]> paths =
        session.rows(Computation.query(ScopedPaths.class, "word_names")).stream()
            .map(row -> ((String) row.get(0)).split(Told.ARROW))
            .toList();
    session.keep("step_word_no", Computation.query(ScopedPaths.class, "step_words"));
    List<String> steps =
        session.rows(Computation.query(ScopedPaths.class, "step_names")).stream()
            .map(row -> (String) row.get(0))
            .toList();
    Map<String, Integer> places = new HashMap<>();
    for (int i = 0; i < steps.size(); i++) {
      places.put(steps.get(i), i);
    }
    return new ScopedPaths(
        steps,
        scopes,
        paths.stream().map(path -> Arrays.stream(path).mapToInt(places::get).toArray()).toList(),
        session.numbers(Computation.query(ScopedPaths.class, "path_numbers")));
  }

  /** Those of each scope, in its order. */
  List<Paths> each() {
    List<Paths> each = new ArrayList<>();
    int from = 0;
    for (int scope = 0; scope < scopes.size(); scope++) {
      int to = from;
      while (to < numbers[SCOPE].length && numbers[SCOPE][to] == scope) {
        to++;
      }
      each.add(of(from, to));
      from = to;
    }
    return each;
  }

  private Paths of(int from, int to) {
    double[] converting = Arrays.copyOfRange(numbers[CONVERSIONS], from, to);
    double[] others = Arrays.copyOfRange(numbers[USERS], from, to);
    List<int[]> taken = new ArrayList<>();
    for (int i = 0; i < others.length; i++) {
      others[i] -= converting[i];
      taken.add(courses.get((int) numbers[PATH][from + i]));
    }
    return new Paths(steps.size(), taken, converting, others);
  }
}
