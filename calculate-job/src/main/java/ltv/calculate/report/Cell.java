package ltv.calculate.report;

/**
 * A value in a table. Missing is null, never 0; null with a note is nothing yet, and shown as
 * nothing.
 *
 * @param value a String, LocalDate, Long, Double, {@link Estimate}, or null
 * @param shade how dark it is in a heat map, 0 to 7; -1 for none
 * @param few whether it stands on too few to mean much
 * @param note what is to be known of it, such as when it will be final; null for none
 */
public record Cell(Object value, int shade, boolean few, String note) {
  private static final double[] STEPS = {.07, .10, .14, .19, .25, .33, .42};

  /** A plain value. */
  public static Cell of(Object value) {
    return new Cell(value, -1, false, null);
  }

  /** A value of which something is to be known. */
  public static Cell noted(Object value, String note) {
    return new Cell(value, -1, false, note);
  }

  /** A value that stands on too few to mean much. */
  public static Cell few(Object value, String note) {
    return new Cell(value, -1, true, note);
  }

  /** A relative change; nothing where there is nothing to compare with. */
  public static Cell change(Double now, Double before) {
    return of(now == null || before == null || before == 0 ? null : (Double) (now / before - 1));
  }

  /**
   * A rate in a heat map. The steps are fixed, so that a rate has the same colour in every week.
   *
   * @param note null when it is final
   */
  public static Cell heat(Double rate, boolean few, String note) {
    if (rate == null || few) {
      return new Cell(rate, -1, few, note);
    }
    int shade = 0;
    while (shade < STEPS.length && rate >= STEPS[shade]) {
      shade++;
    }
    return new Cell(rate, shade, false, note);
  }
}
