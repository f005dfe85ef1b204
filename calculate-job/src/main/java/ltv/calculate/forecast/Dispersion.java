package ltv.calculate.forecast;

import ltv.calculate.forecast.Groups.Level;
import ltv.calculate.model.development.Development;

/**
 * How much what a cohort paid varies by chance: the variance of a sum over what is expected of it
 * (Pearson's, as of an overdispersed Poisson), by age, since users who pay again make it larger.
 */
public final class Dispersion {
  private static final int[] FROM = {0, 1, 4, 8, 15, 31, 61, 121, 241};

  private final double[] perAge;

  private Dispersion(double[] perAge) {
    this.perAge = perAge;
  }

  /**
   * The dispersion of the campaigns' days around what is expected of a user anywhere and their own
   * sum.
   */
  public static Dispersion of(Snapshot at, Shapes shapes, double worth) {
    double[] squares = new double[FROM.length];
    double[] sums = new double[FROM.length];
    for (int g = 0; g < at.groups().count(Level.CAMPAIGN); g++) {
      Development shape = shapes.of(at.groups().channel(Level.CAMPAIGN, g));
      double[] users = at.users(Level.CAMPAIGN, g);
      double[] paid = at.paid(Level.CAMPAIGN, g);
      double ratio = ratio(paid, users, shape, worth);
      for (int age = 0, i = 0; age < users.length; age++) {
        i += i + 1 < FROM.length && age >= FROM[i + 1] ? 1 : 0;
        double expected = ratio * worth * users[age] * shape.share(age);
        if (expected > 0) {
          squares[i] += (paid[age] - expected) * (paid[age] - expected);
          sums[i] += expected;
        }
      }
    }
    double[] perAge = new double[at.oldest() + 1];
    double largest = 0;
    for (int age = 0, i = 0; age < perAge.length; age++) {
      i += i + 1 < FROM.length && age >= FROM[i + 1] ? 1 : 0;
      // it cannot fall with age: what seems so is chance
      largest = Math.max(largest, sums[i] > 0 ? squares[i] / sums[i] : 0);
      perAge[age] = largest;
    }
    return new Dispersion(perAge);
  }

  private static double ratio(double[] paid, double[] users, Development shape, double worth) {
    double own = 0;
    double expected = 0;
    for (int age = 0; age < users.length; age++) {
      own += paid[age];
      expected += worth * users[age] * shape.share(age);
    }
    return expected > 0 ? Math.max(0, own / expected) : 0;
  }

  /** Of what is paid until an age. */
  public double at(int age) {
    return perAge[Math.min(age, perAge.length - 1)];
  }
}
