package ltv.calculate.customer.subject;

/**
 * The days, counted from the day after the as-of date as 1, on which a next purchase is expected.
 *
 * @param low first day of the interval
 * @param middle as likely before its end as after
 * @param high last day of the interval
 */
public record Interval(int low, int middle, int high) {
  /**
   * Of times: a day at an end belongs to it where more than half of the day does, so that whole
   * days cover as much as the times do.
   */
  static Interval of(double low, double middle, double high) {
    int first = (int) Math.floor(low + 0.5) + 1;
    int median = Math.max(1, (int) Math.ceil(middle));
    int last = Math.max(first, (int) Math.floor(high + 0.5));
    return new Interval(first, Math.max(first, Math.min(last, median)), last);
  }

  /** Whether a day lies within. */
  boolean covers(double day) {
    return low <= day && day <= high;
  }

  /** How far it is from a day that came: the mean pinball loss of its three quantiles, in days. */
  double missed(double day) {
    return (pinball(low, day, Levels.TELL[0])
            + pinball(middle, day, Levels.TELL[1])
            + pinball(high, day, Levels.TELL[2]))
        / Levels.TELL.length;
  }

  private static double pinball(double told, double day, double share) {
    return day >= told ? share * (day - told) : (1 - share) * (told - day);
  }
}
