package ltv.calculate.report;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.Map;

/**
 * A row of a query by the names of its columns; a value that is not known is null.
 *
 * @param values as the engine gives them
 */
record Row(Map<String, Object> values) {
  private Object value(String name) {
    if (!values.containsKey(name)) {
      throw new IllegalArgumentException(name + " is not among " + values.keySet());
    }
    return values.get(name);
  }

  String text(String name) {
    return (String) value(name);
  }

  LocalDate date(String name) {
    return (LocalDate) value(name);
  }

  boolean is(String name) {
    return Boolean.TRUE.equals(value(name));
  }

  Long count(String name) {
    return value(name) == null ? null : ((Number) value(name)).longValue();
  }

  Double number(String name) {
    return value(name) == null ? null : ((Number) value(name)).doubleValue();
  }

  /** A value for a cell: money as a double, since that is what spreadsheets hold. */
  Cell cell(String name) {
    Object value = value(name);
    return Cell.of(value instanceof BigDecimal money ? (Object) money.doubleValue() : value);
  }

  Cell estimate(String value, String low, String high) {
    return Cell.of(number(value) == null ? null : band(value, low, high));
  }

  /** The same with a band that may be open where the value itself is not known. */
  Estimate band(String value, String low, String high) {
    return new Estimate(number(value), number(low), number(high));
  }
}
