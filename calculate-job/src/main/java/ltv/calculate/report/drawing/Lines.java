package ltv.calculate.report.drawing;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import ltv.calculate.report.Kind;
import ltv.calculate.report.words.Text;

/**
 * What the drawing {@code lines} shows: a line for each name over the same labels.
 *
 * @param labels along the bottom
 * @param axis how its numbers are written
 * @param lines in the order of the table
 */
public record Lines(List<String> labels, Axis axis, List<Line> lines) {
  /**
   * One line.
   *
   * @param name at its end
   * @param values one for each label, null where not known
   * @param texts the same as the table writes them
   */
  public record Line(String name, List<Double> values, List<String> texts) {}

  /** Lines of the values of a kind by their names. */
  public static Lines of(
      List<String> labels, Kind kind, Map<String, List<Double>> values, Text text) {
    List<Line> lines = new ArrayList<>();
    values.forEach(
        (name, ofName) ->
            lines.add(
                new Line(
                    name,
                    Collections.unmodifiableList(ofName), // with nulls
                    ofName.stream().map(value -> text.value(value, kind)).toList())));
    return new Lines(
        labels, Axis.of(kind, values.values().stream().flatMap(List::stream), text), lines);
  }
}
