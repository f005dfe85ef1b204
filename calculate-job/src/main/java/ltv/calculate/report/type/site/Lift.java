package ltv.calculate.report.type.site;

import ltv.calculate.report.Cell;
import ltv.calculate.report.Verdict;
import ltv.calculate.report.evidence.Row;
import ltv.calculate.report.words.Text;

/**
 * How many times as often those who did something go on as others do; 1 is as often.
 *
 * @param row with lift, and lift_low and lift_high that hold it in 95 of 100 cases
 */
record Lift(Row row) {
  /** The number with its interval. */
  Cell cell() {
    return row.estimate("lift", "lift_low", "lift_high");
  }

  private Double low() {
    return row.number("lift_low");
  }

  private Double high() {
    return row.number("lift_high");
  }

  /** Whether even its lower end is above 1. */
  boolean isSurelyMore() {
    return low() != null && low() > 1;
  }

  /**
   * What it means by its interval; nothing where it has none.
   *
   * @param more key of the words where it surely is more
   */
  Cell verdict(String more, Text text) {
    if (low() == null || high() == null) {
      return Cell.of(null);
    }
    return Cell.of(
        isSurelyMore()
            ? new Verdict(1, text.of(more))
            : high() < 1
                ? new Verdict(-1, text.of("common.verdict_less"))
                : new Verdict(0, text.of("common.verdict_even")));
  }
}
