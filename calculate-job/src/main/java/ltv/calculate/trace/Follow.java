package ltv.calculate.trace;

import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
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
   * The columns with which a walk may go on, the best first; the row itself where an expression
   * counts rows, or where a dataset tells of its rows and not of the column.
   */
  static List<String> columns(String expression, Known dataset) {
    Trace trace = dataset.words().map(DatasetWords::trace).orElseGet(Trace::nothing);
    return Stream.concat(
            numbers(expression, dataset).stream()
                .filter(c -> trace.tellsOf(c) || !trace.tellsOf(Trace.ROW)),
            Stream.of(Trace.ROW))
        .toList();
  }
}
