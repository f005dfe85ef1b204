package ltv.calculate.model.development;

/**
 * What is paid at ages that no cohort has reached, by a power of age: the payments of a day fall
 * like {@code (age + 1)^-power}, fitted to the weeks before.
 *
 * @param level of a day's payments at age {@code at}
 * @param power by which they fall
 * @param at the age around which it was fitted
 * @param levelVariance squared relative error of the level
 * @param powerVariance squared error of the power
 */
public record PowerTail(
    double level, double power, double at, double levelVariance, double powerVariance) {
  /** What is believed of the power before anything is seen: near 1, as of user bases that decay. */
  private static final double PRIOR = 1;

  private static final double PRIOR_VARIANCE = 0.25;
  private static final int WEEK = 7;

  /**
   * The tail of a curve.
   *
   * @param curve what is paid until each age
   * @param from the first age that it is fitted to
   */
  public static PowerTail of(double[] curve, int from) {
    int last = curve.length - 1;
    int weeks = Math.max(1, (last - from) / WEEK);
    int n = 0;
    double sumX = 0;
    double sumY = 0;
    double[] x = new double[weeks];
    double[] y = new double[weeks];
    for (int w = 0; w < weeks; w++) {
      int to = last - w * WEEK;
      int begin = Math.max(0, to - WEEK);
      double paid = (curve[to] - curve[begin]) / Math.max(1, to - begin);
      if (paid > 0) {
        x[n] = StrictMath.log((begin + to) / 2.0 + 1);
        y[n] = StrictMath.log(paid);
        sumX += x[n];
        sumY += y[n];
        n++;
      }
    }
    if (n == 0) {
      return new PowerTail(0, PRIOR, last, 0, PRIOR_VARIANCE);
    }
    return fitted(x, y, n, sumX / n, sumY / n);
  }

  private static PowerTail fitted(double[] x, double[] y, int n, double meanX, double meanY) {
    double xx = 0;
    double xy = 0;
    double yy = 0;
    for (int i = 0; i < n; i++) {
      xx += (x[i] - meanX) * (x[i] - meanX);
      xy += (x[i] - meanX) * (y[i] - meanY);
      yy += (y[i] - meanY) * (y[i] - meanY);
    }
    double slope = xx > 0 ? xy / xx : -PRIOR;
    double noise = n > 2 ? Math.max(0, yy - slope * xy) / (n - 2) : 1;
    double ownVariance = xx > 0 ? noise / xx : Double.POSITIVE_INFINITY;
    double weight = PRIOR_VARIANCE / (PRIOR_VARIANCE + ownVariance);
    return new PowerTail(
        StrictMath.exp(meanY),
        PRIOR + weight * (-slope - PRIOR),
        StrictMath.exp(meanX) - 1,
        noise / n,
        PRIOR_VARIANCE * (1 - weight));
  }

  /** What is paid after {@code from} until and with {@code to}. */
  public double between(int from, int to) {
    double sum = 0;
    for (int age = from + 1; age <= to; age++) {
      sum += level * StrictMath.pow((age + 1) / (at + 1), -power);
    }
    return sum;
  }

  /** The squared relative error of a day's payments at an age. */
  public double variance(int age) {
    double distance = StrictMath.log((age + 1) / (at + 1));
    return levelVariance + distance * distance * powerVariance;
  }
}
