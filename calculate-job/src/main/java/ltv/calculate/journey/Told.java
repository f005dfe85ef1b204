package ltv.calculate.journey;

import ltv.calculate.model.Digits;

/** How rows are told as text. */
final class Told {
  /** Between the steps or touches of a path. */
  static final String ARROW = " > ";

  /** Fewer persons tell nothing. */
  static final int FEWEST_USERS = 30;

  private Told() {}

  /** A number to ten digits; null for none. */
  static String number(double number) {
    return Double.isFinite(number) ? String.valueOf(Digits.told(number)) : null;
  }
}
