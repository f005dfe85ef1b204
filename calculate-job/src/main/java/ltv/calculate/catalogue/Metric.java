package ltv.calculate.catalogue;

import com.fasterxml.jackson.annotation.JsonFormat;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A number to build charts with, as {@code publish.metrics} of a mart declares it: a sum, or a sum
 * over another. Ratios are divided from sums, since they cannot be added up; no mart stores one for
 * this.
 *
 * @param name snake case; {@code total_<column>} for a plain sum of one
 * @param sum the columns that are added up
 * @param over what it is divided by; null for a sum
 * @param label by language; empty for the words of the packed marts
 */
public record Metric(
    String name,
    @JsonFormat(with = JsonFormat.Feature.ACCEPT_SINGLE_VALUE_AS_ARRAY) List<String> sum,
    @JsonProperty("over") String over,
    Map<String, String> label) {
  public Metric {
    sum = List.copyOf(sum);
    label = label == null ? Map.of() : Map.copyOf(label);
    name = name == null ? "total_" + sum.get(0) : name;
  }

  /** Every column that it reads. */
  public List<String> columns() {
    return Stream.concat(sum.stream(), Stream.ofNullable(over)).toList();
  }

  /**
   * The number as both servers compute it.
   *
   * @param column spells a column
   */
  public String expression(UnaryOperator<String> column) {
    String total = "sum(" + sum.stream().map(column).collect(Collectors.joining(" + ")) + ")";
    return over == null ? total : total + " / nullif(sum(" + column.apply(over) + "), 0)";
  }

  /** What the number means: money over money is a share, over people it stays money. */
  public Meaning meaning(Map<String, Meaning> columns) {
    Meaning above = columns.get(sum.get(0));
    if (over == null) {
      return above;
    }
    boolean alike = above == columns.get(over);
    return alike ? Meaning.SHARE : above == Meaning.COUNT ? Meaning.NUMBER : above;
  }
}
