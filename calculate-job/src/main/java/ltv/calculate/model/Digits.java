package ltv.calculate.model;

import java.math.BigDecimal;
import java.math.MathContext;

/** How exactly a model's numbers are told. */
public final class Digits {
  private static final MathContext TOLD = new MathContext(10);

  private Digits() {}

  /** A finite number to ten digits: what is beyond depends on the order of sums. */
  public static double told(double number) {
    return new BigDecimal(number).round(TOLD).doubleValue();
  }
}
