package ltv.calculate.report.evidence;

/** How far apart two counts are, in standard errors of their difference. */
public final class Chance {
  /** Standard errors that chance alone exceeds once in twenty times. */
  public static final double SURPRISING = 1.96;

  /** Those that it exceeds downwards once in 740 times: for the few of many that stand out. */
  public static final double RARE = 3;

  /** What makes the root of a count of chance as broad for all counts (Anscombe). */
  private static final double HALF_WAY = .375;

  /** Fewer persons, or other things that are counted, are too few for a rate to mean much. */
  public static final int FEW = 30;

  private Chance() {}

  /** Of two shares of persons. */
  public static double shares(long some, long of, long someBefore, long ofBefore) {
    double both = (double) (some + someBefore) / (of + ofBefore);
    double error = Math.sqrt(both * (1 - both) * (1.0 / of + 1.0 / ofBefore));
    return error == 0 ? 0 : ((double) some / of - (double) someBefore / ofBefore) / error;
  }

  /** Of two counts of things that happen one by one. */
  public static double counts(long now, long before) {
    return now + before == 0 ? 0 : (now - before) / Math.sqrt(now + before);
  }

  /** Of a count and what was to be expected of it. */
  public static double expected(long count, double expected) {
    return 2 * (Math.sqrt(count + HALF_WAY) - Math.sqrt(expected + HALF_WAY));
  }
}
