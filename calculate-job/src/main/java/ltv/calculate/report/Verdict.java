package ltv.calculate.report;

/**
 * What a number means, in a word or two that a page marks with an arrow and a colour.
 *
 * @param direction 1 for more than others, -1 for less, 0 for neither
 * @param words as files have it
 */
public record Verdict(int direction, String words) {
  @Override
  public String toString() {
    return words;
  }
}
