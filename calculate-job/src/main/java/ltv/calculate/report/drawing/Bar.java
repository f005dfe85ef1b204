package ltv.calculate.report.drawing;

import java.util.Locale;
import ltv.calculate.report.Column;
import ltv.calculate.report.Estimate;
import ltv.calculate.report.Kind;

/**
 * A band of a return as a bar of 106 by 14 that templates draw without script: from nothing to 200
 * %, so that a return has the same place in every table and week.
 *
 * @param left where the band begins
 * @param width of it
 * @param point where what is expected stands
 * @param beyond whether it ends above 200 %
 * @param side good where all of it is above 100 %, bad where all is below, even otherwise
 */
public record Bar(String left, String width, String point, boolean beyond, String side) {
  private static final double WIDTH = 100;
  private static final double MOST = 2;

  /** The bar of an estimate whose value and band are known. */
  public static Bar of(Estimate estimate) {
    double left = Math.min(WIDTH - 1, place(estimate.low()));
    double right = place(estimate.high());
    return new Bar(
        number(left),
        number(Math.max(1, right - left)),
        number(Math.min(WIDTH - 2, Math.max(0, place(estimate.value()) - 1))),
        estimate.high() > MOST,
        estimate.low() > 1 ? "good" : estimate.high() < 1 ? "bad" : "even");
  }

  /** Whether a cell of this column is drawn: returns are, which stand in whole percentages. */
  public static boolean draws(Column column, Estimate estimate) {
    return column.kind() == Kind.WHOLE_PERCENT
        && estimate.value() != null
        && estimate.low() != null
        && estimate.high() != null;
  }

  private static double place(double value) {
    return WIDTH * Math.max(0, Math.min(MOST, value)) / MOST;
  }

  private static String number(double value) {
    return String.format(Locale.ROOT, "%.1f", value);
  }
}
