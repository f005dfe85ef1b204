package ltv.calculate.journey;

import java.math.BigDecimal;
import java.math.MathContext;

/** How rows are told as text. */
final class Told {
  /** Between the steps or touches of a path. */
  static final String ARROW = " > ";

  /** Fewer persons tell nothing. */
  static final int FEWEST_USERS = 30;

  private static final MathContext DIGITS = new MathContext(10);

  private Told() {}

  /** A number to ten digits, what is beyond depends on the order of sums; null for none. */
  static String number(double number) {
    return Double.isFinite(number)
        ? String.valueOf(new BigDecimal(number).round(DIGITS).doubleValue())
        : null;
  }
}
