package ltv.calculate.value;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Arrays;
import java.util.List;
import ltv.engine.Session;

/** How rows of numbers are told as text, and what the site's parameters say. */
final class Told {
  private static final int DIGITS_OF_MONEY = 4;
  private static final int DIGITS_OF_SHARES = 6;

  private Told() {}

  /** Ages in days, ascending. */
  static List<Integer> horizons(Session session) {
    return Arrays.stream(parameter(session, "ltv_horizons").split(","))
        .map(Integer::valueOf)
        .toList();
  }

  /** A parameter of the site. */
  static String parameter(Session session, String name) {
    return (String) session.rows("select param_" + name + "()").get(0).get(0);
  }

  /** The day of the run, as an epoch day. */
  static int day(Session session) {
    Object day = session.rows("select days_between(date '1970-01-01', run_date())").get(0).get(0);
    return ((Number) day).intValue();
  }

  /** Money to a hundredth of a hundredth. */
  static String money(double amount) {
    return rounded(amount, DIGITS_OF_MONEY);
  }

  /** A share or a multiple. */
  static String share(double share) {
    return rounded(share, DIGITS_OF_SHARES);
  }

  private static String rounded(double number, int digits) {
    return BigDecimal.valueOf(number).setScale(digits, RoundingMode.HALF_EVEN).toPlainString();
  }
}
