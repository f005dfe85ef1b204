package ltv.calculate.report;

/**
 * A column of a table.
 *
 * @param label in the language of the report
 * @param kind of its values
 * @param hint what the label means, null where it is plain
 * @param estimates whether its cells hold an {@link Estimate}; files have two more columns for it
 * @param band how sure the bands of its estimates are, in per cent
 */
public record Column(String label, Kind kind, String hint, boolean estimates, int band) {
  private static final int BAND = 80;
  private static final int TESTED = 95;

  /** A column whose estimates, if any, have bands of 80 %. */
  public Column(String label, Kind kind, String hint, boolean estimates) {
    this(label, kind, hint, estimates, BAND);
  }

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

  /** A column of values with bands of 95 %, and of which something is to be known. */
  public static Column tested(String label, Kind kind, String hint) {
    return new Column(label, kind, hint, true, TESTED);
  }

  /** Whether its values stand to the left. */
  public boolean isText() {
    return kind == Kind.TEXT || kind == Kind.DATE;
  }
}
