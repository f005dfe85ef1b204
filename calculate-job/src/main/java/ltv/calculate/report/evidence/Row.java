package ltv.calculate.report.evidence;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.Map;
import ltv.calculate.report.Cell;
import ltv.calculate.report.Estimate;

/**
 * A row of a query by the names of its columns; a value that is not known is null.
 *
 * @param values as the engine gives them
 */
public record Row(Map<String, Object> values) {
  private Object value(String name) {
    if (!values.containsKey(name)) {
      throw new IllegalArgumentException(name + " is not among " + values.keySet());
    }
    return values.get(name);
  }

  /** A text. */
  public String text(String name) {
    return (String) value(name);
  }

  /** A day. */
  public LocalDate date(String name) {
    return (LocalDate) value(name);
  }

  /** Whether it is true; not where it is not known. */
  public boolean is(String name) {
    return Boolean.TRUE.equals(value(name));
  }

  /** A whole number. */
  public Long count(String name) {
    return value(name) == null ? null : ((Number) value(name)).longValue();
  }

  /** Any number. */
  public Double number(String name) {
    return value(name) == null ? null : ((Number) value(name)).doubleValue();
  }

  /** A value for a cell: money as a double, since that is what spreadsheets hold. */
  public Cell cell(String name) {
    Object value = value(name);
    return Cell.of(value instanceof BigDecimal money ? (Object) money.doubleValue() : value);
  }

  /** A value with its band for a cell; nothing where the value is not known. */
  public Cell estimate(String value, String low, String high) {
    return Cell.of(number(value) == null ? null : band(value, low, high));
  }

  /** The same with a band that may be open where the value itself is not known. */
  public Estimate band(String value, String low, String high) {
    return new Estimate(number(value), number(low), number(high));
  }
}
