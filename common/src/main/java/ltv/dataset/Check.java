package ltv.dataset;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;

/**
 * One rule that the rows of a partition must keep, as {@code schema.yml} writes it. Exactly one of
 * {@code fail} and {@code warn} names the rule; the other keys are its arguments.
 *
 * @param fail rule that stops the partition from being published
 * @param warn rule that only warns
 * @param where SQL condition on the result's rows
 * @param inputWhere SQL condition on the input's rows
 * @param say what to do when the rule is broken, where its own words do not tell
 */
public record Check(
    String fail,
    String warn,
    String column,
    List<String> columns,
    BigDecimal min,
    BigDecimal max,
    List<String> values,
    String input,
    @JsonProperty("input_column") String inputColumn,
    String where,
    @JsonProperty("input_where") String inputWhere,
    Integer days,
    Double within,
    String say) {

  public Check {
    if ((fail == null) == (warn == null)) {
      throw new IllegalArgumentException("a check starts with either fail: RULE or warn: RULE");
    }
    columns = columns == null ? List.of() : List.copyOf(columns);
    values = values == null ? List.of() : List.copyOf(values);
    inputColumn = inputColumn == null ? column : inputColumn;
    where = where == null ? "true" : where;
    inputWhere = inputWhere == null ? "true" : inputWhere;
  }

  /** The rule's name. */
  public String rule() {
    return fail == null ? warn : fail;
  }

  /** What to do, as an end of the message; empty where the rule's own words tell. */
  public String advice() {
    return say == null ? "" : "; " + say;
  }

  /** The same rule without words for readers. */
  Check mute() {
    return new Check(
        fail,
        warn,
        column,
        columns,
        min,
        max,
        values,
        input,
        inputColumn,
        where,
        inputWhere,
        days,
        within,
        null);
  }

  /** Whether breaking the rule stops the partition. */
  public boolean blocking() {
    return fail != null;
  }

  /** The input that the rule compares with. */
  public Optional<String> comparedWith() {
    return Optional.ofNullable(input);
  }
}
