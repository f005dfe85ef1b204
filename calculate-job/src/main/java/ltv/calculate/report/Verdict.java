package ltv.calculate.report;

/**
 * What a number means, in a word or two that a page marks with an arrow and a colour.
 *
 * @param direction 1 for more than others, -1 for less, 0 for neither
 * @param words as files have it
 */
public record Verdict(int direction, String words) {
  /**
   * What a lift means by its interval, where 1 is as others; nothing where it has none.
   *
   * @param more key of the words where even its lower end is above 1
   */
  static Cell cell(Double low, Double high, String more, Text text) {
    if (low == null || high == null) {
      return Cell.of(null);
    }
    return Cell.of(
        low > 1
            ? new Verdict(1, text.of(more))
            : high < 1
                ? new Verdict(-1, text.of("common.verdict_less"))
                : new Verdict(0, text.of("common.verdict_even")));
  }

  @Override
  public String toString() {
    return words;
  }
}
