package ltv.calculate.forecast;

import ltv.calculate.forecast.Groups.Level;
import ltv.calculate.model.development.Development;

/**
 * How far it goes on when a cohort has paid more than expected until an age: its users stay the
 * same ones. With 0 what is to come is Bornhuetter and Ferguson's, with 1 the chain ladder's; what
 * lies between is a credibility (as in Mack 2000, ASTIN Bulletin 30), told by cohorts that have
 * become older.
 */
public final class Persistence {
  private final double[] weight;

  private Persistence(double[] weight) {
    this.weight = weight;
  }

  /** The persistence that the cohorts of the campaigns show. */
  public static Persistence of(Snapshot at, Shapes shapes, Levels levels) {
    int[] marks = at.marks();
    double[] known = new double[marks.length - 1];
    for (int m = 0; m < known.length; m++) {
      double products = 0;
      double squares = 0;
      for (int to = m + 1; to < marks.length; to++) {
        for (int g = 0; g < at.groups().count(Level.CAMPAIGN); g++) {
          Development shape = shapes.of(at.groups().channel(Level.CAMPAIGN, g));
          double before = shape.share(marks[m]);
          double after = shape.share(marks[to]) - before;
          for (int age = marks[to]; age <= at.oldest(); age++) {
            double each = at.users(Level.CAMPAIGN, g)[age] * levels.worth(Level.CAMPAIGN, g, age);
            if (each > 0 && before > 0 && after > 0) {
              double more = at.paidTo(g, age, m) / (each * before) - 1;
              double later = at.paidTo(g, age, to) - at.paidTo(g, age, m);
              products += each * more * (later / (each * after) - 1);
              squares += each * more * more;
            }
          }
        }
      }
      known[m] = squares > 0 ? Math.min(1, Math.max(0, products / squares)) : 0;
    }
    return new Persistence(between(marks, known, at.oldest()));
  }

  /** Straight lines between the ages at which it is known. */
  private static double[] between(int[] marks, double[] known, int oldest) {
    double[] weight = new double[oldest + 1];
    if (known.length == 0) {
      return weight;
    }
    int m = 0;
    for (int age = 0; age <= oldest; age++) {
      while (m + 1 < known.length && marks[m + 1] <= age) {
        m++;
      }
      int next = Math.min(m + 1, known.length - 1);
      double part = next == m ? 0 : (double) (age - marks[m]) / (marks[next] - marks[m]);
      weight[age] = known[m] + part * (Math.max(known[m], known[next]) - known[m]);
    }
    return weight;
  }

  /** How far it goes on from an age, 0 to 1. */
  public double weight(int age) {
    return weight[age];
  }
}
