package ltv.calculate.trace;

import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import ltv.dataset.DatasetWords;
import ltv.dataset.Trace;

/** Which column of a dataset an expression over its rows is about. */
final class Follow {
  private static final Pattern NAME = Pattern.compile("'[^']*'|\\brow\\.\\w+|\\b[a-z_]\\w*\\b");

  private Follow() {}

  /** Columns of numbers that an expression names, in its order. */
  static List<String> numbers(String expression, Known dataset) {
    return NAME.matcher(expression)
        .results()
        .map(MatchResult::group)
        .filter(dataset::isNumber)
        .distinct()
        .toList();
  }

  /**
   * The column to walk on with; the row itself where an expression counts rows, or where a dataset
   * tells of its rows and not of the column.
   */
  static String column(String expression, Known dataset) {
    List<String> numbers = numbers(expression, dataset);
    if (numbers.isEmpty()) {
      return Trace.ROW;
    }
    Trace trace = dataset.words().map(DatasetWords::trace).orElseGet(Trace::nothing);
    String first = numbers.get(0);
    return !trace.tellsOf(first) && trace.tellsOf(Trace.ROW) ? Trace.ROW : first;
  }
}
