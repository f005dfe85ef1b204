package ltv.calculate.trace;

import java.util.List;

/**
 * Rows of one dataset that a number comes from, and what they come from in turn.
 *
 * @param dataset its name
 * @param job that writes it
 * @param column of it whose values are meant; {@code row} where it is the rows that count
 * @param meaning what the column holds, in words
 * @param unit what it counts, or empty
 * @param how what these rows have to do with the step above
 * @param rows how many there are
 * @param own the sum of the column's values
 * @param brings what they bring to the number that was asked about
 * @param difference by how much what is below does not give {@code own}; null where it does
 * @param facts what is known of the partitions
 * @param removed rows that do not count and have to do with these
 * @param lines landing lines, where the walk ends at some
 * @param end why it ends here otherwise, or empty
 * @param below the steps that these rows come from
 */
public record Step(
    String dataset,
    String job,
    String column,
    String meaning,
    String unit,
    String how,
    long rows,
    Object own,
    Object brings,
    Object difference,
    Facts facts,
    List<Removed> removed,
    Lines lines,
    String end,
    List<Step> below) {

  /**
   * Rows that a rule took out.
   *
   * @param reason the rule's name
   * @param rows how many
   * @param amount what they would have brought
   * @param shown the first of them
   */
  public record Removed(String reason, long rows, Object amount, List<RemovedRow> shown) {}

  /**
   * One of them.
   *
   * @param key what identifies it
   * @param observed what the rule saw
   * @param rawRef landing file and row, or empty
   */
  public record RemovedRow(String key, String observed, String rawRef) {}

  /**
   * Landing lines of a step.
   *
   * @param count how many rows name one
   * @param brings the sum of what they bring
   * @param shown the first of them
   */
  public record Lines(long count, Object brings, List<Line> shown) {
    static final Lines NONE = new Lines(0, null, List.of());
  }

  /**
   * A landing line.
   *
   * @param rawRef landing file and row
   * @param own what the source says in it, in the source's own unit; null where it says nothing
   * @param brings what of it is in the number
   * @param text the line as it was received, or why it cannot be shown
   * @param there whether it is still there
   */
  public record Line(String rawRef, Object own, Object brings, String text, boolean there) {}

  /** Whether the number below is another one: what a formula or a model is made of. */
  public boolean isAside() {
    return how.startsWith(ASIDE);
  }

  /** Begins what is said of a number that is no part of the sum. */
  public static final String ASIDE = "made of";
}
