package ltv.calculate.report;

/**
 * A column of a table.
 *
 * @param label in the language of the report
 * @param kind of its values
 * @param hint what the label means, null where it is plain
 * @param estimates whether its cells hold an {@link Estimate}; files have two more columns for it
 */
public record Column(String label, Kind kind, String hint, boolean estimates) {
  /** A plain column. */
  public static Column of(String label, Kind kind) {
    return new Column(label, kind, null, false);
  }

  /** A column whose label needs words. */
  public static Column hinted(String label, Kind kind, String hint) {
    return new Column(label, kind, hint, false);
  }

  /** A column of values with bands; whole percentages are drawn too, beside 100 %. */
  public static Column estimated(String label, Kind kind) {
    return new Column(label, kind, null, true);
  }

  /** Whether its values stand to the left. */
  public boolean isText() {
    return kind == Kind.TEXT || kind == Kind.DATE;
  }
}
